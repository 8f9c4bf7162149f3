package gc

import (
	"time"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// Item is one item of a session's Events: a [SnapshotItem], [EventItem], [ResetItem], [StaleItem] or [ConnectionItem].
type Item interface{ item() }

// SnapshotItem is the whole picture: first, and after each reset. All that was known is replaced.
type SnapshotItem struct{ *gcv1.Snapshot }

// EventItem is a numbered event, once.
type EventItem struct{ *gcv1.Event }

// ResetItem says that events were missed and can't be had again; a snapshot follows.
type ResetItem struct{ *gcv1.Reset }

// StaleItem says that the picture may be behind Finesse, or (without a reason) is current again.
type StaleItem struct{ *gcv1.Stale }

// ConnectionItem says that the connection's state changed.
type ConnectionItem struct{ Connection }

func (SnapshotItem) item()   {}
func (EventItem) item()      {}
func (ResetItem) item()      {}
func (StaleItem) item()      {}
func (ConnectionItem) item() {}

// Connection says how a session or an observer is connected.
type Connection struct {
	State ConnectionState
	// Err is what broke the stream, or ended the session.
	Err error
	// Deadline is when the service stops at the latest; with Draining.
	Deadline time.Time
}

// ConnectionState is how a session or an observer is connected.
type ConnectionState string

const (
	// Connected: the event stream is open.
	Connected ConnectionState = "CONNECTED"
	// Reconnecting: the event stream broke, and is being opened anew.
	Reconnecting ConnectionState = "RECONNECTING"
	// Draining: still connected, but the service is about to stop.
	Draining ConnectionState = "DRAINING"
	// Closed: ended.
	Closed ConnectionState = "CLOSED"
)
