"""Drafts of replies for agents: the chat's own understanding and evidence, worded as an answer that a person sends."""
