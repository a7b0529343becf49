"""The page without a server: files for GitHub Pages, with the model run in the browser."""
