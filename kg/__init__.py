"""plankg: government plans read into a knowledge graph that can be questioned."""

__version__ = "0.1.0"
