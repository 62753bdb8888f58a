"""Care that several processes share: slots, episodes, waiting lists, referral, and who needs attention."""
