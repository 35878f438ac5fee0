"""The acts that change what readers see: submit, send back, publish, withdraw."""
