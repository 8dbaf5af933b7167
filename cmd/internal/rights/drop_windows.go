package rights

// Become does nothing: this system has no users of that kind.
func Become(User) error { return nil }

// DropCapabilities does nothing: this system has none.
func DropCapabilities() error { return nil }
