"""The centre: keeps records as JSON documents with stamps, merges operations, and serves a commit-ordered feed."""
