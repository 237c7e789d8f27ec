"""Words that people read, in the language, the digits and the month names that they chose: of pages and letters alike."""
