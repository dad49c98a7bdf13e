"""The pages (Gradio on FastAPI) and the HTTP API. Decides nothing about shopping."""
