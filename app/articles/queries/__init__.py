"""The questions of this feature: `desk` for the newsroom, `live` for what readers may see."""
