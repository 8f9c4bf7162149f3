package gc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/grpc/codes"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// owner is what a subscription asks; calls come one at a time.
type owner interface {
	// request says what to subscribe to, with the cursors so far.
	request() *gcv1.SubscribeRequest
	// headers are those of the call.
	headers() []string
	// connected is told that the stream is open: its first message came.
	connected()
	// message takes one message; an error opens the stream anew.
	message(*gcv1.SubscribeResponse) error
	// broken is told that the stream broke.
	broken(*Error)
	// recover is called before the next attempt; an error says that there can be none.
	recover(*Error) *Error
}

// keepSubscribed keeps an event stream open until stop ends. It returns what makes further attempts useless.
func keepSubscribed(stop context.Context, client *Client, owner owner) *Error {
	delays := client.settings.delays()
	for {
		err := subscribe(stop, client, owner, delays)
		if stop.Err() != nil {
			return nil
		}
		owner.broken(err)
		if err.ofService {
			switch err.Reason {
			case gcv1.ErrorReason_ERROR_REASON_PERMISSION_DENIED,
				gcv1.ErrorReason_ERROR_REASON_INVALID_INPUT,
				gcv1.ErrorReason_ERROR_REASON_NOT_IMPLEMENTED:
				return err
			}
		}
		rest(stop, delays.next(err.RetryAfter))
		if stop.Err() != nil {
			return nil
		}
		if final := owner.recover(err); final != nil {
			return final
		}
		client.conn.ResetConnectBackoff()
	}
}

// errSilent is the cause of a stream that was cut for its silence.
var errSilent = errors.New("nothing came on the event stream")

// subscribe is one stream, until it ends.
func subscribe(stop context.Context, client *Client, owner owner, delays *delays) *Error {
	ctx, cancel := context.WithCancelCause(stop)
	defer cancel(nil)
	silence := time.AfterFunc(client.settings.connectTimeout, func() { cancel(errSilent) })
	defer silence.Stop()
	failed := func(err error) *Error {
		if errors.Is(context.Cause(ctx), errSilent) {
			return unreachable(errSilent.Error(), codes.DeadlineExceeded, "Subscribe")
		}
		if errors.Is(err, io.EOF) {
			return unreachable("the event stream ended", codes.Unavailable, "Subscribe")
		}
		return errorOf(err, "Subscribe", "")
	}
	stream, err := gcv1.NewEventServiceClient(client.conn).Subscribe(client.outgoing(ctx, owner.headers()...), owner.request())
	if err != nil {
		return failed(err)
	}
	for first := true; ; first = false {
		message, err := stream.Recv()
		if err != nil {
			return failed(err)
		}
		silence.Reset(client.settings.silenceTimeout)
		if first {
			delays.reset()
			owner.connected()
		}
		if err := owner.message(message); err != nil {
			return unreachable(err.Error(), codes.DataLoss, "Subscribe")
		}
	}
}

// hole is an event that does not follow the last one.
func hole(event *gcv1.Event, last uint64) error {
	return fmt.Errorf("event %d of %s came after %d", event.GetSequence(), event.GetAgentId(), last)
}
