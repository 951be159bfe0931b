"""The executed proof of a lab: every fault seen, every fix accepted, every trap caught, nothing left behind."""

from kikori.prove.proof import Breach, Demand, Proof
from kikori.prove.run import prove

__all__ = ["Breach", "Demand", "Proof", "prove"]
