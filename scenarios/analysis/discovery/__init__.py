"""`landingsbaan discover`: where a policy fails or a landing does harm."""
