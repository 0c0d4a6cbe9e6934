"""Partners of the centre: work orders to and from 12345, 110 and the platforms of the city (A04, F22).

``messages`` is what goes over the line and what an adapter has to do; ``files`` is the adapter that drops files; ``engine``
sends, takes in and tells how it goes; ``config`` is the operator's file.
"""
