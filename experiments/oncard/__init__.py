"""on-card: what is built here is packed, measured in minutes on a machine with a card, and reported from what it wrote."""
