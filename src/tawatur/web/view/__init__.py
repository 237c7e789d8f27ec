"""What the templates show, made of stories and articles: plain values in the words of one language, no markup."""
