package gc

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

func TestDelaysDoubleUpToTheLongestWithJitter(t *testing.T) {
	for _, random := range []float64{0, 0.5, 0.999} {
		d := delays{first: 100 * time.Millisecond, longest: time.Second, random: func() float64 { return random }}
		for _, whole := range []time.Duration{100, 200, 400, 800, 1000, 1000} {
			whole *= time.Millisecond
			if got := d.next(0); got < whole/2 || got > whole {
				t.Errorf("a delay of %v for %v", got, whole)
			}
		}
		for range 100 {
			if got := d.next(0); got > time.Second {
				t.Errorf("a delay of %v", got)
			}
		}
		if got := d.next(3 * time.Second); got != 3*time.Second {
			t.Errorf("the service's delay became %v", got)
		}
		d.reset()
		if got := d.next(0); got > 100*time.Millisecond {
			t.Errorf("after a success the delay was %v", got)
		}
	}
}

func TestErrorsSayWhatTheServiceSaid(t *testing.T) {
	said, err := status.New(codes.FailedPrecondition, "not now").WithDetails(
		&errdetails.ErrorInfo{Reason: "ACTION_NOT_ALLOWED", Domain: "gc.v1", Metadata: map[string]string{
			"retry": "AFTER_CHANGE", "error_type": "Generic Error", "http_status": "202",
		}},
		&errdetails.RetryInfo{RetryDelay: durationpb.New(1500 * time.Millisecond)},
	)
	if err != nil {
		t.Fatal(err)
	}
	got := errorOf(said.Err(), "HoldCall", "id")
	if got.Reason != gcv1.ErrorReason_ERROR_REASON_ACTION_NOT_ALLOWED || got.ReasonName != "ACTION_NOT_ALLOWED" ||
		got.Code != codes.FailedPrecondition || got.Retryable() || got.Retry != gcv1.Retry_RETRY_AFTER_CHANGE ||
		got.RetryAfter != 1500*time.Millisecond || got.RequestID != "id" || got.Command != "HoldCall" {
		t.Errorf("read %+v", got)
	}
	if finesse := got.Finesse(); finesse == nil || finesse.ErrorType != "Generic Error" || finesse.HTTPStatus != "202" {
		t.Errorf("read %+v of Finesse", finesse)
	}
	if status.Code(got) != codes.FailedPrecondition {
		t.Error("gRPC's error is not behind it")
	}
}

func TestErrorsOfTheWayAreToldApartFromTheServices(t *testing.T) {
	got := errorOf(status.Error(codes.Unavailable, "connection refused"), "GetState", "")
	if got.Reason != gcv1.ErrorReason_ERROR_REASON_SERVICE_UNREACHABLE || got.ofService || !got.Retryable() || got.Finesse() != nil {
		t.Errorf("read %+v", got)
	}
	newer, err := status.New(codes.Unknown, "?").WithDetails(&errdetails.ErrorInfo{Reason: "NEVER_HEARD_OF", Domain: "gc.v1"})
	if err != nil {
		t.Fatal(err)
	}
	got = errorOf(newer.Err(), "GetState", "")
	if got.Reason != gcv1.ErrorReason_ERROR_REASON_UNSPECIFIED || got.ReasonName != "NEVER_HEARD_OF" || got.Retryable() {
		t.Errorf("read %+v", got)
	}
}

func event(sequence uint64, fill func(*gcv1.Event)) *gcv1.Event {
	made := &gcv1.Event{Sequence: sequence, Cursor: "c"}
	fill(made)
	return made
}

func TestTheViewFollowsEventsAndOldViewsStay(t *testing.T) {
	first := AgentView{&gcv1.Snapshot{AgentId: "1001", Dialogs: []*gcv1.Dialog{{Id: "1"}}}}
	second := first.afterEvent(event(1, func(e *gcv1.Event) {
		e.Payload = &gcv1.Event_DialogOffered{DialogOffered: &gcv1.DialogOffered{Dialog: &gcv1.Dialog{Id: "2"}}}
	}))
	third := second.afterEvent(event(2, func(e *gcv1.Event) {
		changed := &gcv1.Dialog{Id: "1", State: gcv1.DialogState_DIALOG_STATE_ACTIVE}
		e.Payload = &gcv1.Event_DialogChanged{DialogChanged: &gcv1.DialogChanged{Dialog: changed}}
	}))
	fourth := third.afterEvent(event(3, func(e *gcv1.Event) {
		e.Payload = &gcv1.Event_DialogEnded{DialogEnded: &gcv1.DialogEnded{Dialog: &gcv1.Dialog{Id: "1"}}}
	}))
	ids := func(view AgentView) (ids []string) {
		for _, dialog := range view.GetDialogs() {
			ids = append(ids, dialog.GetId())
		}
		return ids
	}
	for _, one := range []struct {
		view AgentView
		want []string
	}{{first, []string{"1"}}, {second, []string{"1", "2"}}, {third, []string{"1", "2"}}, {fourth, []string{"2"}}} {
		if got := ids(one.view); !slices.Equal(got, one.want) {
			t.Errorf("calls %v at %d, not %v", got, one.view.GetSequence(), one.want)
		}
	}
	if first.Dialog("1").GetState() == third.Dialog("1").GetState() || fourth.GetSequence() != 3 {
		t.Error("an old view changed, or the new one did not")
	}
}

func TestAConsumerThatIsBehindIsToldSo(t *testing.T) {
	all := consumers[int]{open: map[*consumer[int]]struct{}{}, limit: 3}
	behind := all.add([]int{0}, func() []int { return []int{-1, -2} })
	// 0 is the picture, 1 to 3 fill it, 4 is part of what replaces them; 5 to 7 fill it again, and what replaces those
	// says nothing of 8.
	for item := 1; item <= 7; item++ {
		all.push(item, true)
	}
	all.push(8, false)
	all.push(9, true)
	all.end()
	var got []int
	for item := range loop(context.Background(), behind, func(*consumer[int]) {}) {
		got = append(got, item)
	}
	if want := []int{-1, -2, 8, 9}; !slices.Equal(got, want) {
		t.Errorf("given %v, not %v", got, want)
	}
}

func TestAPictureLargerThanTheQueueIsNoReasonToBeBehind(t *testing.T) {
	all := consumers[int]{open: map[*consumer[int]]struct{}{}, limit: 2}
	first := all.add([]int{1, 2, 3, 4, 5}, func() []int { return []int{-1, -2, -3, -4, -5} })
	all.push(6, true)
	all.push(7, true)
	if want := []int{1, 2, 3, 4, 5, 6, 7}; !slices.Equal(first.items, want) {
		t.Errorf("%v waits, not %v", first.items, want)
	}
	all.push(8, true)
	all.push(9, true)
	if want := []int{-1, -2, -3, -4, -5, 9}; !slices.Equal(first.items, want) {
		t.Errorf("%v waits, not %v", first.items, want)
	}
}

func TestAQueueMayBeAsLargeAsANumber(t *testing.T) {
	all := consumers[int]{open: map[*consumer[int]]struct{}{}, limit: math.MaxInt}
	one := all.add([]int{1}, nil)
	all.push(2, true)
	if want := []int{1, 2}; !slices.Equal(one.items, want) {
		t.Errorf("%v waits, not %v", one.items, want)
	}
}

func TestALoopThatNeverBeganIsLetGoWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	all := consumers[int]{open: map[*consumer[int]]struct{}{}, limit: 2}
	gone := make(chan struct{})
	items := loop(ctx, all.add([]int{1}, nil), func(one *consumer[int]) {
		all.remove(one)
		close(gone)
	})
	cancel()
	<-gone
	if len(all.open) != 0 {
		t.Error("it is still there")
	}
	_ = items
}

func TestASecondLoopFindsNothing(t *testing.T) {
	all := consumers[int]{open: map[*consumer[int]]struct{}{}, limit: 2}
	items := loop(context.Background(), all.add([]int{1}, nil), func(one *consumer[int]) { all.remove(one) })
	for range items {
		break
	}
	for item := range items {
		t.Errorf("%d came", item)
	}
}

func TestALoopEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	waiting := &consumer[int]{wake: make(chan struct{}, 1), limit: 3}
	cancel()
	gone := make(chan struct{}, 2)
	for range loop(ctx, waiting, func(*consumer[int]) { gone <- struct{}{} }) {
		t.Error("an item came")
	}
	if len(gone) == 0 {
		t.Error("the consumer was not let go")
	}
}

func TestGivenKeepsTheCallersCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := given(ctx, status.Error(codes.Canceled, ""), "Hello", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
