"""The types of columns, as pandas calls them: all of them can be absent."""

TEXT, WHOLE, NUMBER, FLAG = "string", "Int64", "Float64", "boolean"
