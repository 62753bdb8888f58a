"""Back-test: forecasts with the information of the end of 2017, compared with the record of later years."""
