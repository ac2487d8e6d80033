"""What the HTTP interface asks of the documents: registers, indicators with their rows, and a year in one table.

Totals are sums made here, on reading; nothing is stored twice. Names are put in Vietnamese order here too: no database
order knows where đ stands.
"""
