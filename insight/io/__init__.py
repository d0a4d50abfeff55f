"""The only wing that touches the disk; each thing stored has one file here."""
