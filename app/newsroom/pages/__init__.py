"""The values that the newsroom's pages show. Views make them, and templates print them.

Decisions about what to show are made here, so that they can be tested without a template.
"""
