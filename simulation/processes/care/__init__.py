"""Care functions shared by several processes: slots, episodes, waiting lists, referral, active households."""
