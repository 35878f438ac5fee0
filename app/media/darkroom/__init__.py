"""Opens and develops a picture in a separate process, so that a decompression bomb can harm nothing else.

`media/development` runs it by its folder, apart from the application and its settings:
`look FILE` prints as JSON what kind of picture it is, and what is written in it;
`develop FILE FOLDER RENDITIONS` writes what RENDITIONS (JSON) asks for into FOLDER.

The application imports nothing of it but `limits`: a server process never loads a decoder.
"""
