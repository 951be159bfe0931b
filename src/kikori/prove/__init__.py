"""The executed proof of a lab: every fault seen, every fix accepted, every trap caught, nothing left behind."""

from kikori.prove.proof import Demand, DemandFailed, Proof
from kikori.prove.runner import prove

__all__ = ["Demand", "DemandFailed", "Proof", "prove"]
