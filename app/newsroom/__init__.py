"""The story screens of the signed-in part: list, edit, versions, compare, review and publish."""
