"""The page that needs no server: files for GitHub Pages; the model runs in the browser."""
