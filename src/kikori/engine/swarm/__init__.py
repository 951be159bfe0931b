"""Labs in Swarm mode: the machine's membership in a swarm of its own, and a lab's stack."""
