"""Turn the Arabic typefaces of the font packages into WOFF2 files for the web pages."""
