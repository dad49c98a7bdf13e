"""The deep sequence model: what comes next, learned by attention over histories. PyTorch is loaded only when used."""
