"""What the stage `report` writes: tables, sentences, captions, documents and a page."""
