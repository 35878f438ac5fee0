"""What the newsroom's pages show: values that decide, made by the views and printed by the templates."""
