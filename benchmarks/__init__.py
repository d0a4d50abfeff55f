"""What the tool costs: scripts that print JSON. Run them from the repository's folder."""
