"""What several experiments share. Standard library only."""
