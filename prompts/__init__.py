"""What we say to the language model: one Markdown and Jinja file per job and language. Knows nothing else."""
