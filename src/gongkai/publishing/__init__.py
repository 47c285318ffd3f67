"""Publishing (主动公开): from a draft through review and sign-off to the public site and other channels."""
