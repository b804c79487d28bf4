"""Where mail meets the network and files."""
