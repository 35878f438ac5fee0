"""The Markdown syntax that editors need, shown beside the form. The tests read every example."""

HELP: tuple[tuple[str, str], ...] = (
    ("An empty line", "starts a new paragraph"),
    ("## Subheading", "a subheading; ### for a smaller one"),
    ("*emphasis* and **strong**", "slanted and bold words"),
    ("[the words](https://example.org)", "a link; also /politics on this site, mailto: and tel:"),
    ("H~2~O and m^2^", "lowered and raised signs"),
    ("A line with \\ at its end", "breaks the line inside a paragraph"),
    ("> Quoted words", "a quotation"),
    ("- First\n- Second", "a list; 1. and 2. for a numbered one, if the numbers run on by one"),
    ("---", "a divider between two parts of the story"),
    (
        "| Party | Seats |\n| :--- | ---: |\n| North | 12 |",
        "a table; :--- sets a column to the start of the line, ---: to its end, :-: to the middle",
    ),
    (
        "::: table The caption\n| Party | Seats |\n| --- | --- |\n| North | 12 |\n:::",
        "a table with a caption; a | inside a cell is written \\|",
    ),
    ("::: pullquote Who said it\nThe words\n:::", "a pull quote; the name may be left out"),
    ("::: factbox Title\nParagraphs and lists\n:::", "a fact box"),
    (
        "::: figure lavrov-kabul\nalt: What it shows\ncredit: Who took it\nThe caption\n:::",
        "a picture by its short name, with description, credit and caption; several that follow each "
        "other are a gallery",
    ),
    ("::: embed youtube https://youtu.be/abc The title", "a link card to a video or post"),
    ("::: related /politics/talks The headline", "a link to another of our stories"),
    ("\\* \\# \\[", "a sign that should stand as it is"),
)
