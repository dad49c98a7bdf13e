"""What shoppers do: events from GA4, Segment and the shop's own pages, cleaned, and the visits they form."""
