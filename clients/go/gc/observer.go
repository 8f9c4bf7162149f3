package gc

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"google.golang.org/protobuf/proto"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// Observed is one item of an observer's Events: of an agent, or (without an id) a [ConnectionItem]. Beside the items of a
// session there are [AttachedItem] and [DetachedItem].
type Observed struct {
	// AgentID is the agent's login id.
	AgentID string
	// Item is what happened.
	Item Item
}

// AttachedItem says that the agent got a session; its snapshot follows.
type AttachedItem struct{ *gcv1.AgentAttached }

// DetachedItem says that the agent's session ended.
type DetachedItem struct{ *gcv1.AgentDetached }

func (AttachedItem) item() {}
func (DetachedItem) item() {}

// ObserveOptions say whom to watch, and by what right.
type ObserveOptions struct {
	// APIKey is the service's.
	APIKey string
	// Agents are login ids.
	Agents []string
	// Teams are ids of teams whose agents are watched as they come and go.
	Teams []string
	// All watches every agent that the key may see.
	All bool
}

// mostResumed is how many cursors of agents that are not named a request may carry (SubscribeRequest.resume).
const mostResumed = 2000

// Observer watches agents, and commands none. Its methods may be called by any goroutine.
type Observer struct {
	client  *Client
	options ObserveOptions
	stop    context.Context
	cancel  context.CancelFunc
	done    chan struct{}

	mu         sync.Mutex
	views      map[string]AgentView
	connection Connection
	cause      *Error
	consumers  consumers[Observed]
}

// Observe watches agents with an API key, until Close.
func (c *Client) Observe(options ObserveOptions) *Observer {
	// The service takes no agent twice.
	options.Agents = slices.Compact(slices.Sorted(slices.Values(options.Agents)))
	stop, cancel := context.WithCancel(context.Background())
	o := &Observer{
		client: c, options: options, stop: stop, cancel: cancel, done: make(chan struct{}),
		views:      map[string]AgentView{},
		connection: Connection{State: Connected},
		consumers:  consumers[Observed]{open: map[*consumer[Observed]]struct{}{}, limit: c.settings.eventBuffer},
	}
	kept := c.keep(o)
	go func() {
		defer close(o.done)
		if final := keepSubscribed(o.stop, c, o); final != nil {
			o.end(final)
		}
	}()
	if !kept {
		_ = o.Close()
	}
	return o
}

// Views are the agents that have a session now, by login id.
func (o *Observer) Views() map[string]AgentView {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.views)
}

// Connection says how it is connected.
func (o *Observer) Connection() Connection {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.connection
}

// Err says why it ended by itself; nil while it lives, and after Close.
func (o *Observer) Err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cause == nil {
		return nil
	}
	return o.cause
}

// Events gives what happens, after a snapshot of each agent that is known, as those of a session do.
func (o *Observer) Events(ctx context.Context) iter.Seq[Observed] {
	o.mu.Lock()
	defer o.mu.Unlock()
	return loop(ctx, o.consumers.add(o.pictures(), o.lost), func(one *consumer[Observed]) {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.consumers.remove(one)
	})
}

// Close ends it.
func (o *Observer) Close() error {
	o.end(nil)
	<-o.done
	return nil
}

// The methods below are called under the lock.

func (o *Observer) pictures() []Observed {
	var pictures []Observed
	for _, id := range slices.Sorted(maps.Keys(o.views)) {
		pictures = append(pictures, Observed{id, SnapshotItem{o.views[id].copied()}})
	}
	return pictures
}

func (o *Observer) lost() []Observed {
	var lost []Observed
	for _, id := range slices.Sorted(maps.Keys(o.views)) {
		reset := &gcv1.Reset{AgentId: id, Reason: gcv1.ResetReason_RESET_REASON_CONSUMER_BEHIND}
		lost = append(lost, Observed{id, ResetItem{reset}})
	}
	return append(lost, o.pictures()...)
}

func (o *Observer) push(id string, item Item) {
	pictured := false
	switch item.(type) {
	case SnapshotItem, EventItem, StaleItem:
		pictured = true
	}
	o.consumers.push(Observed{id, item}, pictured)
}

func (o *Observer) change(to Connection) {
	if o.connection.State == to.State || o.connection.State == Closed {
		return
	}
	o.connection = to
	o.push("", ConnectionItem{to})
}

func (o *Observer) stale(stale *gcv1.Stale) {
	id := stale.GetAgentId()
	if view, ok := o.views[id]; ok {
		o.views[id] = view.afterStale(stale)
	}
	o.push(id, StaleItem{stale})
}

func (o *Observer) end(cause *Error) {
	o.mu.Lock()
	if o.connection.State == Closed {
		o.mu.Unlock()
		return
	}
	o.cause = cause
	ended := Connection{State: Closed}
	if cause != nil {
		ended.Err = cause
	}
	o.change(ended)
	o.consumers.end()
	o.mu.Unlock()
	o.cancel()
	o.client.forget(o)
}

// What the stream asks and tells.

func (o *Observer) request() *gcv1.SubscribeRequest {
	o.mu.Lock()
	defer o.mu.Unlock()
	request := &gcv1.SubscribeRequest{TeamIds: o.options.Teams, All: o.options.All}
	for _, id := range o.options.Agents {
		named := &gcv1.AgentSelector{AgentId: id}
		if view, known := o.views[id]; known {
			named.Cursor = proto.String(view.GetCursor())
		}
		request.Agents = append(request.Agents, named)
	}
	for _, id := range slices.Sorted(maps.Keys(o.views)) {
		if slices.Contains(o.options.Agents, id) {
			continue
		}
		if len(request.Resume) == mostResumed {
			// The service takes no more cursors: the agent begins anew, and whoever reads is told.
			delete(o.views, id)
			o.push(id, DetachedItem{&gcv1.AgentDetached{AgentId: id, Cause: "too many agents to go on with each"}})
			continue
		}
		request.Resume = append(request.Resume, &gcv1.AgentSelector{AgentId: id, Cursor: proto.String(o.views[id].GetCursor())})
	}
	return request
}

func (o *Observer) headers() []string { return []string{"x-api-key", o.options.APIKey} }

func (o *Observer) connected() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.change(Connection{State: Connected})
}

func (o *Observer) broken(err *Error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.change(Connection{State: Reconnecting, Err: err})
}

func (o *Observer) recover(err *Error) *Error {
	if err.ofService && err.Retry == gcv1.Retry_RETRY_NO {
		return err
	}
	return nil
}

func (o *Observer) message(response *gcv1.SubscribeResponse) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch message := response.GetMessage().(type) {
	case *gcv1.SubscribeResponse_Snapshot:
		id := message.Snapshot.GetAgentId()
		o.views[id] = AgentView{message.Snapshot}
		o.push(id, SnapshotItem{message.Snapshot})
	case *gcv1.SubscribeResponse_Resumed:
		// From here on the picture is current, unless a stale follows.
		id := message.Resumed.GetAgentId()
		if view, ok := o.views[id]; ok && view.Stale != nil {
			o.stale(&gcv1.Stale{AgentId: id})
		}
	case *gcv1.SubscribeResponse_Event:
		event := message.Event
		view, known := o.views[event.GetAgentId()]
		if !known || event.GetSequence() <= view.GetSequence() {
			return nil
		}
		if event.GetSequence() != view.GetSequence()+1 {
			return hole(event, view.GetSequence())
		}
		o.views[event.GetAgentId()] = view.afterEvent(event)
		o.push(event.GetAgentId(), EventItem{event})
	case *gcv1.SubscribeResponse_Reset_:
		o.push(message.Reset_.GetAgentId(), ResetItem{message.Reset_})
	case *gcv1.SubscribeResponse_Stale:
		o.stale(message.Stale)
	case *gcv1.SubscribeResponse_AgentAttached:
		o.push(message.AgentAttached.GetAgentId(), AttachedItem{message.AgentAttached})
	case *gcv1.SubscribeResponse_AgentDetached:
		delete(o.views, message.AgentDetached.GetAgentId())
		o.push(message.AgentDetached.GetAgentId(), DetachedItem{message.AgentDetached})
	case *gcv1.SubscribeResponse_Draining:
		o.change(Connection{State: Draining, Deadline: message.Draining.GetDeadline().AsTime()})
	}
	return nil
}
