package gc

import (
	"slices"

	"google.golang.org/protobuf/proto"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// AgentView is an agent as the events so far tell it: the state with what it allows, and the open calls, oldest first.
// Each event makes a new one: treat it, and the messages in it, as read-only.
type AgentView struct {
	*gcv1.Snapshot
}

// Dialog gives an open call by its id; nil if there is none.
func (v AgentView) Dialog(id string) *gcv1.Dialog {
	for _, dialog := range v.GetDialogs() {
		if dialog.GetId() == id {
			return dialog
		}
	}
	return nil
}

// changed is a copy that shares what is in it, to be changed field by field.
func (v AgentView) changed() *gcv1.Snapshot {
	old := v.Snapshot
	return &gcv1.Snapshot{
		AgentId: old.AgentId, Cursor: old.Cursor, Epoch: old.Epoch, Sequence: old.Sequence, Info: old.Info,
		Status: old.Status, Dialogs: old.Dialogs, SystemStatus: old.SystemStatus, Stale: old.Stale,
	}
}

func (v AgentView) afterEvent(event *gcv1.Event) AgentView {
	after := v.changed()
	after.Sequence, after.Cursor = event.GetSequence(), event.GetCursor()
	switch payload := event.GetPayload().(type) {
	case *gcv1.Event_SystemStatus:
		after.SystemStatus = payload.SystemStatus.GetStatus()
	case *gcv1.Event_AgentInfo:
		after.Info = payload.AgentInfo
	case *gcv1.Event_AgentStateChanged:
		if status := payload.AgentStateChanged.GetStatus(); status != nil {
			after.Status = status
		}
	case *gcv1.Event_DialogOffered:
		after.Dialogs = withDialog(after.Dialogs, payload.DialogOffered.GetDialog())
	case *gcv1.Event_DialogChanged:
		after.Dialogs = withDialog(after.Dialogs, payload.DialogChanged.GetDialog())
	case *gcv1.Event_DialogEnded:
		gone := func(dialog *gcv1.Dialog) bool { return dialog.GetId() == payload.DialogEnded.GetDialog().GetId() }
		after.Dialogs = slices.DeleteFunc(slices.Clone(after.Dialogs), gone)
	}
	return AgentView{after}
}

func (v AgentView) afterStale(stale *gcv1.Stale) AgentView {
	after := v.changed()
	after.Stale = nil
	if stale.Reason != nil {
		after.Stale = stale.GetReason().Enum()
	}
	return AgentView{after}
}

func withDialog(dialogs []*gcv1.Dialog, dialog *gcv1.Dialog) []*gcv1.Dialog {
	if dialog == nil {
		return dialogs
	}
	dialogs = slices.Clone(dialogs)
	same := func(one *gcv1.Dialog) bool { return one.GetId() == dialog.GetId() }
	if at := slices.IndexFunc(dialogs, same); at >= 0 {
		dialogs[at] = dialog
		return dialogs
	}
	return append(dialogs, dialog)
}

// copied is the picture as a message of its own.
func (v AgentView) copied() *gcv1.Snapshot {
	return proto.CloneOf(v.Snapshot)
}
