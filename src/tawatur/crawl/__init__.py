"""Reading for days: sources are asked, pages fetched, articles kept."""
