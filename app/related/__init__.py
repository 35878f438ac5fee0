"""Which stories are related: by the topics that they share, and by telling words of headline and standfirst.

Found when a story is published, in the same transaction, for the story and for those that it is related
to; a reader's page only looks them up. The work is bounded however many stories there are.
"""
