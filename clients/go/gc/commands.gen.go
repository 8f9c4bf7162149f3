// Code generated from the protos by `make sdk`. DO NOT EDIT.

package gc

import (
	"context"

	gcv1 "github.com/generic-connector/generic-connector/clients/go/gc/v1"
)

// ForceLogout signs the agent out whatever the state, for a client that is gone: through NOT_READY
// where the platform wants it, and after the last call when one runs (it never drops a call). A new
// Connect or Login cancels one that waits.
//
// Errors beside the common ones: REASON_CODE_REQUIRED.
func (s *AgentSession) ForceLogout(ctx context.Context, opts ...CommandOption) (*gcv1.ForceLogoutResponse, error) {
	request := &gcv1.ForceLogoutRequest{}
	return invoke(ctx, s, gcv1.AgentService_ForceLogout_FullMethodName, request, &request.Options, new(gcv1.ForceLogoutResponse), opts)
}

// GetAllAgents lists the agents that are signed in through this service, ordered by extension.
// `agents.scope` of the configuration limits it to the own teams.
func (s *AgentSession) GetAllAgents(ctx context.Context, opts ...CommandOption) (*gcv1.GetAllAgentsResponse, error) {
	request := &gcv1.GetAllAgentsRequest{}
	return invoke(ctx, s, gcv1.AgentService_GetAllAgents_FullMethodName, request, nil, new(gcv1.GetAllAgentsResponse), opts)
}

// GetState tells the agent's state and open calls, as the session knows them; the command to
// resynchronise with.
func (s *AgentSession) GetState(ctx context.Context, opts ...CommandOption) (*gcv1.GetStateResponse, error) {
	request := &gcv1.GetStateRequest{}
	return invoke(ctx, s, gcv1.AgentService_GetState_FullMethodName, request, nil, new(gcv1.GetStateResponse), opts)
}

// Login signs the agent in to Finesse on an extension (PUT User, `LOGIN`); the state afterwards is
// NOT_READY. An agent who is signed in on that extension already keeps the state (forced sign-in).
//
// Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
// INVALID_DEVICE, DEVICE_BUSY, INVALID_STATE, USER_NOT_FOUND.
func (s *AgentSession) Login(ctx context.Context, extension string, opts ...CommandOption) (*gcv1.LoginResponse, error) {
	request := &gcv1.LoginRequest{Extension: extension}
	return invoke(ctx, s, gcv1.AgentService_Login_FullMethodName, request, &request.Options, new(gcv1.LoginResponse), opts)
}

// Logout signs the agent out (PUT User, `LOGOUT`). Allowed from NOT_READY, on UCCX from READY too.
//
// Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
func (s *AgentSession) Logout(ctx context.Context, opts ...CommandOption) (*gcv1.LogoutResponse, error) {
	request := &gcv1.LogoutRequest{}
	return invoke(ctx, s, gcv1.AgentService_Logout_FullMethodName, request, &request.Options, new(gcv1.LogoutResponse), opts)
}

// LogoutWithReason signs the agent out with a reason of GetLogoutReasonCodes.
//
// Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
func (s *AgentSession) LogoutWithReason(ctx context.Context, reasonID string, opts ...CommandOption) (*gcv1.LogoutWithReasonResponse, error) {
	request := &gcv1.LogoutWithReasonRequest{ReasonId: reasonID}
	return invoke(ctx, s, gcv1.AgentService_LogoutWithReason_FullMethodName, request, &request.Options, new(gcv1.LogoutWithReasonResponse), opts)
}

// MakeNotReady makes the agent not ready, without a reason. During a call it takes effect
// afterwards on UCCE (`pending_state`).
//
// Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
func (s *AgentSession) MakeNotReady(ctx context.Context, opts ...CommandOption) (*gcv1.MakeNotReadyResponse, error) {
	request := &gcv1.MakeNotReadyRequest{}
	return invoke(ctx, s, gcv1.AgentService_MakeNotReady_FullMethodName, request, &request.Options, new(gcv1.MakeNotReadyResponse), opts)
}

// MakeNotReadyWithReason makes the agent not ready with a reason of GetNotReadyReasonCodes, or
// changes the reason.
//
// Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
func (s *AgentSession) MakeNotReadyWithReason(ctx context.Context, reasonID string, opts ...CommandOption) (*gcv1.MakeNotReadyWithReasonResponse, error) {
	request := &gcv1.MakeNotReadyWithReasonRequest{ReasonId: reasonID}
	return invoke(ctx, s, gcv1.AgentService_MakeNotReadyWithReason_FullMethodName, request, &request.Options, new(gcv1.MakeNotReadyWithReasonResponse), opts)
}

// MakeReady makes the agent ready for routed calls. During a call it takes effect afterwards on
// UCCE (`pending_state`).
//
// Errors beside the common ones: INVALID_STATE.
func (s *AgentSession) MakeReady(ctx context.Context, opts ...CommandOption) (*gcv1.MakeReadyResponse, error) {
	request := &gcv1.MakeReadyRequest{}
	return invoke(ctx, s, gcv1.AgentService_MakeReady_FullMethodName, request, &request.Options, new(gcv1.MakeReadyResponse), opts)
}

// MakeWorkNotReady asks for wrap-up after the call, not ready afterwards (where wrap-up is optional
// or required).
//
// Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
func (s *AgentSession) MakeWorkNotReady(ctx context.Context, opts ...CommandOption) (*gcv1.MakeWorkNotReadyResponse, error) {
	request := &gcv1.MakeWorkNotReadyRequest{}
	return invoke(ctx, s, gcv1.AgentService_MakeWorkNotReady_FullMethodName, request, &request.Options, new(gcv1.MakeWorkNotReadyResponse), opts)
}

// MakeWorkReady asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional
// or required).
//
// On UCCE only.
//
// Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
func (s *AgentSession) MakeWorkReady(ctx context.Context, opts ...CommandOption) (*gcv1.MakeWorkReadyResponse, error) {
	request := &gcv1.MakeWorkReadyRequest{}
	return invoke(ctx, s, gcv1.AgentService_MakeWorkReady_FullMethodName, request, &request.Options, new(gcv1.MakeWorkReadyResponse), opts)
}

// MobileAgentLogin signs the agent in on an extension with a phone of their own (UCCE). Nailed up,
// the set-up call must be answered before the sign-in is done; AnswerCall passes meanwhile.
//
// On UCCE only.
//
// Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
// INVALID_DEVICE, DEVICE_BUSY, MODE_NOT_ALLOWED, UNSUPPORTED_ON_PLATFORM.
func (s *AgentSession) MobileAgentLogin(ctx context.Context, extension string, dialNumber string, mode gcv1.MobileMode, opts ...CommandOption) (*gcv1.MobileAgentLoginResponse, error) {
	request := &gcv1.MobileAgentLoginRequest{Extension: extension, DialNumber: dialNumber, Mode: mode}
	return invoke(ctx, s, gcv1.AgentService_MobileAgentLogin_FullMethodName, request, &request.Options, new(gcv1.MobileAgentLoginResponse), opts)
}

// AnswerCall answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is
// pending.
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) AnswerCall(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.AnswerCallResponse, error) {
	request := &gcv1.AnswerCallRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_AnswerCall_FullMethodName, request, &request.Options, new(gcv1.AnswerCallResponse), opts)
}

// ConferenceCall completes a conference (Finesse CONFERENCE): joins the held call and the consulted
// party. Takes the id of the main call or of the consult.
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) ConferenceCall(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.ConferenceCallResponse, error) {
	request := &gcv1.ConferenceCallRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_ConferenceCall_FullMethodName, request, &request.Options, new(gcv1.ConferenceCallResponse), opts)
}

// ConsultCall holds a call and calls a number, to transfer or to confer afterwards (Finesse
// CONSULT_CALL).
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION.
func (s *AgentSession) ConsultCall(ctx context.Context, to string, dialogID string, opts ...CommandOption) (*gcv1.ConsultCallResponse, error) {
	request := &gcv1.ConsultCallRequest{To: to, DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_ConsultCall_FullMethodName, request, &request.Options, new(gcv1.ConsultCallResponse), opts)
}

// HoldCall puts a call on hold (Finesse HOLD).
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) HoldCall(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.HoldCallResponse, error) {
	request := &gcv1.HoldCallRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_HoldCall_FullMethodName, request, &request.Options, new(gcv1.HoldCallResponse), opts)
}

// MakeCall calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new
// call with the own leg INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
//
// Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE.
func (s *AgentSession) MakeCall(ctx context.Context, to string, opts ...CommandOption) (*gcv1.MakeCallResponse, error) {
	request := &gcv1.MakeCallRequest{To: to}
	return invoke(ctx, s, gcv1.CallService_MakeCall_FullMethodName, request, &request.Options, new(gcv1.MakeCallResponse), opts)
}

// ReleaseCall leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that
// wait.
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) ReleaseCall(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.ReleaseCallResponse, error) {
	request := &gcv1.ReleaseCallRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_ReleaseCall_FullMethodName, request, &request.Options, new(gcv1.ReleaseCallResponse), opts)
}

// RetrieveCall takes a call off hold (Finesse RETRIEVE).
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) RetrieveCall(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.RetrieveCallResponse, error) {
	request := &gcv1.RetrieveCallRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_RetrieveCall_FullMethodName, request, &request.Options, new(gcv1.RetrieveCallResponse), opts)
}

// SendDtmf sends tones into a call (Finesse SEND_DTMF).
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) SendDtmf(ctx context.Context, dialogID string, digits string, opts ...CommandOption) (*gcv1.SendDtmfResponse, error) {
	request := &gcv1.SendDtmfRequest{DialogId: dialogID, Digits: digits}
	return invoke(ctx, s, gcv1.CallService_SendDtmf_FullMethodName, request, &request.Options, new(gcv1.SendDtmfResponse), opts)
}

// TransferCall completes a transfer (Finesse TRANSFER): connects the held call with the consulted
// party and leaves. Takes the id of the main call or of the consult.
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) TransferCall(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.TransferCallResponse, error) {
	request := &gcv1.TransferCallRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_TransferCall_FullMethodName, request, &request.Options, new(gcv1.TransferCallResponse), opts)
}

// TransferSingleStep transfers a call to a number without consulting (Finesse TRANSFER_SST).
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
// UNSUPPORTED_ON_PLATFORM.
func (s *AgentSession) TransferSingleStep(ctx context.Context, to string, dialogID string, opts ...CommandOption) (*gcv1.TransferSingleStepResponse, error) {
	request := &gcv1.TransferSingleStepRequest{To: to, DialogId: dialogID}
	return invoke(ctx, s, gcv1.CallService_TransferSingleStep_FullMethodName, request, &request.Options, new(gcv1.TransferSingleStepResponse), opts)
}

// GetDialogParticipants tells who takes part in a call.
//
// Errors beside the common ones: NOT_FOUND.
func (s *AgentSession) GetDialogParticipants(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.GetDialogParticipantsResponse, error) {
	request := &gcv1.GetDialogParticipantsRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.DialogService_GetDialogParticipants_FullMethodName, request, nil, new(gcv1.GetDialogParticipantsResponse), opts)
}

// GetDialogState tells the state of a call in the old product's words, and the call. An unknown or
// ended call is no error: its state is NOT_FOUND.
func (s *AgentSession) GetDialogState(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.GetDialogStateResponse, error) {
	request := &gcv1.GetDialogStateRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.DialogService_GetDialogState_FullMethodName, request, nil, new(gcv1.GetDialogStateResponse), opts)
}

// GetDialogStateControls tells what the agent may do with a call now.
//
// Errors beside the common ones: NOT_FOUND.
func (s *AgentSession) GetDialogStateControls(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.GetDialogStateControlsResponse, error) {
	request := &gcv1.GetDialogStateControlsRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.DialogService_GetDialogStateControls_FullMethodName, request, nil, new(gcv1.GetDialogStateControlsResponse), opts)
}

// UpdateCallVariable sets one variable of a call (Finesse UPDATE_CALL_DATA with `callvariables`).
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) UpdateCallVariable(ctx context.Context, dialogID string, name string, value string, opts ...CommandOption) (*gcv1.UpdateCallVariableResponse, error) {
	request := &gcv1.UpdateCallVariableRequest{DialogId: dialogID, Name: name, Value: value}
	return invoke(ctx, s, gcv1.DialogService_UpdateCallVariable_FullMethodName, request, &request.Options, new(gcv1.UpdateCallVariableResponse), opts)
}

// WrapUp sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with
// `wrapUpReason`). Silent on success for legacy clients.
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) WrapUp(ctx context.Context, dialogID string, reason string, opts ...CommandOption) (*gcv1.WrapUpResponse, error) {
	request := &gcv1.WrapUpRequest{DialogId: dialogID, Reason: reason}
	return invoke(ctx, s, gcv1.DialogService_WrapUp_FullMethodName, request, &request.Options, new(gcv1.WrapUpResponse), opts)
}

// GetPhonebookContacts lists the contacts of a phone book.
//
// Errors beside the common ones: NOT_FOUND.
func (s *AgentSession) GetPhonebookContacts(ctx context.Context, phonebookID string, opts ...CommandOption) (*gcv1.GetPhonebookContactsResponse, error) {
	request := &gcv1.GetPhonebookContactsRequest{PhonebookId: phonebookID}
	return invoke(ctx, s, gcv1.PhonebookService_GetPhonebookContacts_FullMethodName, request, nil, new(gcv1.GetPhonebookContactsResponse), opts)
}

// GetPhonebooks lists the agent's phone books.
func (s *AgentSession) GetPhonebooks(ctx context.Context, opts ...CommandOption) (*gcv1.GetPhonebooksResponse, error) {
	request := &gcv1.GetPhonebooksRequest{}
	return invoke(ctx, s, gcv1.PhonebookService_GetPhonebooks_FullMethodName, request, nil, new(gcv1.GetPhonebooksResponse), opts)
}

// GetTeamPhonebooks lists the phone books of a team.
//
// Errors beside the common ones: NOT_FOUND.
func (s *AgentSession) GetTeamPhonebooks(ctx context.Context, teamID string, opts ...CommandOption) (*gcv1.GetTeamPhonebooksResponse, error) {
	request := &gcv1.GetTeamPhonebooksRequest{TeamId: teamID}
	return invoke(ctx, s, gcv1.PhonebookService_GetTeamPhonebooks_FullMethodName, request, nil, new(gcv1.GetTeamPhonebooksResponse), opts)
}

// GetLogoutReasonCodes lists the reasons for sign-out.
func (s *AgentSession) GetLogoutReasonCodes(ctx context.Context, opts ...CommandOption) (*gcv1.GetLogoutReasonCodesResponse, error) {
	request := &gcv1.GetLogoutReasonCodesRequest{}
	return invoke(ctx, s, gcv1.ReasonService_GetLogoutReasonCodes_FullMethodName, request, nil, new(gcv1.GetLogoutReasonCodesResponse), opts)
}

// GetNotReadyReasonCodes lists the reasons for not being ready.
func (s *AgentSession) GetNotReadyReasonCodes(ctx context.Context, opts ...CommandOption) (*gcv1.GetNotReadyReasonCodesResponse, error) {
	request := &gcv1.GetNotReadyReasonCodesRequest{}
	return invoke(ctx, s, gcv1.ReasonService_GetNotReadyReasonCodes_FullMethodName, request, nil, new(gcv1.GetNotReadyReasonCodesResponse), opts)
}

// GetWrapUpReasonCodes lists the reasons for wrap-up.
func (s *AgentSession) GetWrapUpReasonCodes(ctx context.Context, opts ...CommandOption) (*gcv1.GetWrapUpReasonCodesResponse, error) {
	request := &gcv1.GetWrapUpReasonCodesRequest{}
	return invoke(ctx, s, gcv1.ReasonService_GetWrapUpReasonCodes_FullMethodName, request, nil, new(gcv1.GetWrapUpReasonCodesResponse), opts)
}

// BargeIn joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
//
// For supervisors.
//
// Errors beside the common ones: NOT_FOUND, INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
func (s *AgentSession) BargeIn(ctx context.Context, member string, dialogID string, opts ...CommandOption) (*gcv1.BargeInResponse, error) {
	request := &gcv1.BargeInRequest{Member: member, DialogId: dialogID}
	return invoke(ctx, s, gcv1.SupervisorService_BargeIn_FullMethodName, request, &request.Options, new(gcv1.BargeInResponse), opts)
}

// DropParticipant drops a party from a call that the supervisor takes part in (Finesse
// PARTICIPANT_DROP; UCCE; which parties is Finesse's `enableDropParticipantFor`).
//
// For supervisors.
//
// On UCCE only.
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
// UNSUPPORTED_ON_PLATFORM, NOT_SUPERVISOR.
func (s *AgentSession) DropParticipant(ctx context.Context, mediaAddress string, dialogID string, opts ...CommandOption) (*gcv1.DropParticipantResponse, error) {
	request := &gcv1.DropParticipantRequest{MediaAddress: mediaAddress, DialogId: dialogID}
	return invoke(ctx, s, gcv1.SupervisorService_DropParticipant_FullMethodName, request, &request.Options, new(gcv1.DropParticipantResponse), opts)
}

// EndSilentMonitor ends a silent monitoring (Finesse DROP).
//
// For supervisors.
//
// Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
func (s *AgentSession) EndSilentMonitor(ctx context.Context, dialogID string, opts ...CommandOption) (*gcv1.EndSilentMonitorResponse, error) {
	request := &gcv1.EndSilentMonitorRequest{DialogId: dialogID}
	return invoke(ctx, s, gcv1.SupervisorService_EndSilentMonitor_FullMethodName, request, &request.Options, new(gcv1.EndSilentMonitorResponse), opts)
}

// GetQueueList lists the agent's queues (Finesse `User/…/Queues`); a supervisor's are those of
// the teams' members too. Any agent may ask. From then on changes of the figures are published as
// QueueChanged, at most every ten seconds (UCCE; UCCX gives no figures).
func (s *AgentSession) GetQueueList(ctx context.Context, opts ...CommandOption) (*gcv1.GetQueueListResponse, error) {
	request := &gcv1.GetQueueListRequest{}
	return invoke(ctx, s, gcv1.SupervisorService_GetQueueList_FullMethodName, request, nil, new(gcv1.GetQueueListResponse), opts)
}

// GetTeamUserState tells the state of a member of a supervised team, from the Team object.
//
// For supervisors.
//
// Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
func (s *AgentSession) GetTeamUserState(ctx context.Context, memberID string, opts ...CommandOption) (*gcv1.GetTeamUserStateResponse, error) {
	request := &gcv1.GetTeamUserStateRequest{MemberId: memberID}
	return invoke(ctx, s, gcv1.SupervisorService_GetTeamUserState_FullMethodName, request, nil, new(gcv1.GetTeamUserStateResponse), opts)
}

// GetTeamUsers lists the members of a team that the agent supervises, and subscribes to their
// changes.
//
// For supervisors.
//
// Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
func (s *AgentSession) GetTeamUsers(ctx context.Context, teamID string, opts ...CommandOption) (*gcv1.GetTeamUsersResponse, error) {
	request := &gcv1.GetTeamUsersRequest{TeamId: teamID}
	return invoke(ctx, s, gcv1.SupervisorService_GetTeamUsers_FullMethodName, request, nil, new(gcv1.GetTeamUsersResponse), opts)
}

// LogOutMember signs a member out, with the supervisor's credentials and without a reason. Legacy:
// Logout with the member's id.
//
// For supervisors.
//
// Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
func (s *AgentSession) LogOutMember(ctx context.Context, memberID string, opts ...CommandOption) (*gcv1.LogOutMemberResponse, error) {
	request := &gcv1.LogOutMemberRequest{MemberId: memberID}
	return invoke(ctx, s, gcv1.SupervisorService_LogOutMember_FullMethodName, request, &request.Options, new(gcv1.LogOutMemberResponse), opts)
}

// SetMemberState makes a member ready or not ready, with the supervisor's credentials and without a
// reason (Finesse sets one: code 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with
// the member's id.
//
// For supervisors.
//
// Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
func (s *AgentSession) SetMemberState(ctx context.Context, memberID string, state gcv1.AgentState, opts ...CommandOption) (*gcv1.SetMemberStateResponse, error) {
	request := &gcv1.SetMemberStateRequest{MemberId: memberID, State: state}
	return invoke(ctx, s, gcv1.SupervisorService_SetMemberState_FullMethodName, request, &request.Options, new(gcv1.SetMemberStateResponse), opts)
}

// SilentMonitor listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen.
// The supervisor must be NOT_READY.
//
// For supervisors.
//
// Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
func (s *AgentSession) SilentMonitor(ctx context.Context, extension string, opts ...CommandOption) (*gcv1.SilentMonitorResponse, error) {
	request := &gcv1.SilentMonitorRequest{Extension: extension}
	return invoke(ctx, s, gcv1.SupervisorService_SilentMonitor_FullMethodName, request, &request.Options, new(gcv1.SilentMonitorResponse), opts)
}

// GetCapabilities says what this deployment can do: platform, releases, the RPCs that work here.
func (s *AgentSession) GetCapabilities(ctx context.Context, opts ...CommandOption) (*gcv1.GetCapabilitiesResponse, error) {
	request := &gcv1.GetCapabilitiesRequest{}
	return invoke(ctx, s, gcv1.SystemService_GetCapabilities_FullMethodName, request, nil, new(gcv1.GetCapabilitiesResponse), opts)
}
