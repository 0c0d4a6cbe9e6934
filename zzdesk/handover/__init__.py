"""Hand-over (转办): work orders to and from 12345, 110 and the platforms of the city (domain rules B2.4, B2.5; A04, F22)."""
