"""Related stories: stories that share topics, or rare words in headline and standfirst.

They are found when a story is published, in the same transaction, for the story and for the stories that it
is related to. A reader's page only looks them up. The work does not grow with the number of stories.
"""
