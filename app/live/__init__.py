"""What readers may see: live stories, the lists they stand in, their addresses and their history."""
