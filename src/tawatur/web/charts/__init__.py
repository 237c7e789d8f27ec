"""Pictures of the news, drawn here: pure functions from data to shapes, which one template (``chart.html``) writes as SVG.

Every picture is drawn twice, for a phone and for a wide column, so that its letters have the size of the page's; it has a title and
a description, and a table that says the same in words. Time runs as the page reads: from right to left in Arabic. Shapes carry
classes and no colours: the style sheet gives them, light or dark.
"""
