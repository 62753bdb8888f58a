"""From recorded tables to numbers: outcomes, savings, transition harm, intervals."""
