"""Find the incidents that reports tell of."""
