// Generated from the protos by `make sdk`. Do not edit.

package io.github.genericconnector;

import com.google.protobuf.Message;
import io.github.genericconnector.v1.AgentServiceGrpc;
import io.github.genericconnector.v1.AgentState;
import io.github.genericconnector.v1.AnswerCallRequest;
import io.github.genericconnector.v1.AnswerCallResponse;
import io.github.genericconnector.v1.BargeInRequest;
import io.github.genericconnector.v1.BargeInResponse;
import io.github.genericconnector.v1.CallServiceGrpc;
import io.github.genericconnector.v1.ConferenceCallRequest;
import io.github.genericconnector.v1.ConferenceCallResponse;
import io.github.genericconnector.v1.ConsultCallRequest;
import io.github.genericconnector.v1.ConsultCallResponse;
import io.github.genericconnector.v1.DialogServiceGrpc;
import io.github.genericconnector.v1.DropParticipantRequest;
import io.github.genericconnector.v1.DropParticipantResponse;
import io.github.genericconnector.v1.EndSilentMonitorRequest;
import io.github.genericconnector.v1.EndSilentMonitorResponse;
import io.github.genericconnector.v1.ForceLogoutRequest;
import io.github.genericconnector.v1.ForceLogoutResponse;
import io.github.genericconnector.v1.GetAllAgentsRequest;
import io.github.genericconnector.v1.GetAllAgentsResponse;
import io.github.genericconnector.v1.GetCapabilitiesRequest;
import io.github.genericconnector.v1.GetCapabilitiesResponse;
import io.github.genericconnector.v1.GetDialogParticipantsRequest;
import io.github.genericconnector.v1.GetDialogParticipantsResponse;
import io.github.genericconnector.v1.GetDialogStateControlsRequest;
import io.github.genericconnector.v1.GetDialogStateControlsResponse;
import io.github.genericconnector.v1.GetDialogStateRequest;
import io.github.genericconnector.v1.GetDialogStateResponse;
import io.github.genericconnector.v1.GetLogoutReasonCodesRequest;
import io.github.genericconnector.v1.GetLogoutReasonCodesResponse;
import io.github.genericconnector.v1.GetNotReadyReasonCodesRequest;
import io.github.genericconnector.v1.GetNotReadyReasonCodesResponse;
import io.github.genericconnector.v1.GetPhonebookContactsRequest;
import io.github.genericconnector.v1.GetPhonebookContactsResponse;
import io.github.genericconnector.v1.GetPhonebooksRequest;
import io.github.genericconnector.v1.GetPhonebooksResponse;
import io.github.genericconnector.v1.GetQueueListRequest;
import io.github.genericconnector.v1.GetQueueListResponse;
import io.github.genericconnector.v1.GetStateRequest;
import io.github.genericconnector.v1.GetStateResponse;
import io.github.genericconnector.v1.GetTeamPhonebooksRequest;
import io.github.genericconnector.v1.GetTeamPhonebooksResponse;
import io.github.genericconnector.v1.GetTeamUserStateRequest;
import io.github.genericconnector.v1.GetTeamUserStateResponse;
import io.github.genericconnector.v1.GetTeamUsersRequest;
import io.github.genericconnector.v1.GetTeamUsersResponse;
import io.github.genericconnector.v1.GetWrapUpReasonCodesRequest;
import io.github.genericconnector.v1.GetWrapUpReasonCodesResponse;
import io.github.genericconnector.v1.HoldCallRequest;
import io.github.genericconnector.v1.HoldCallResponse;
import io.github.genericconnector.v1.LogOutMemberRequest;
import io.github.genericconnector.v1.LogOutMemberResponse;
import io.github.genericconnector.v1.LoginRequest;
import io.github.genericconnector.v1.LoginResponse;
import io.github.genericconnector.v1.LogoutRequest;
import io.github.genericconnector.v1.LogoutResponse;
import io.github.genericconnector.v1.LogoutWithReasonRequest;
import io.github.genericconnector.v1.LogoutWithReasonResponse;
import io.github.genericconnector.v1.MakeCallRequest;
import io.github.genericconnector.v1.MakeCallResponse;
import io.github.genericconnector.v1.MakeNotReadyRequest;
import io.github.genericconnector.v1.MakeNotReadyResponse;
import io.github.genericconnector.v1.MakeNotReadyWithReasonRequest;
import io.github.genericconnector.v1.MakeNotReadyWithReasonResponse;
import io.github.genericconnector.v1.MakeReadyRequest;
import io.github.genericconnector.v1.MakeReadyResponse;
import io.github.genericconnector.v1.MakeWorkNotReadyRequest;
import io.github.genericconnector.v1.MakeWorkNotReadyResponse;
import io.github.genericconnector.v1.MakeWorkReadyRequest;
import io.github.genericconnector.v1.MakeWorkReadyResponse;
import io.github.genericconnector.v1.MobileAgentLoginRequest;
import io.github.genericconnector.v1.MobileAgentLoginResponse;
import io.github.genericconnector.v1.MobileMode;
import io.github.genericconnector.v1.PhonebookServiceGrpc;
import io.github.genericconnector.v1.ReasonServiceGrpc;
import io.github.genericconnector.v1.ReleaseCallRequest;
import io.github.genericconnector.v1.ReleaseCallResponse;
import io.github.genericconnector.v1.RetrieveCallRequest;
import io.github.genericconnector.v1.RetrieveCallResponse;
import io.github.genericconnector.v1.SendDtmfRequest;
import io.github.genericconnector.v1.SendDtmfResponse;
import io.github.genericconnector.v1.SetMemberStateRequest;
import io.github.genericconnector.v1.SetMemberStateResponse;
import io.github.genericconnector.v1.SilentMonitorRequest;
import io.github.genericconnector.v1.SilentMonitorResponse;
import io.github.genericconnector.v1.SupervisorServiceGrpc;
import io.github.genericconnector.v1.SystemServiceGrpc;
import io.github.genericconnector.v1.TransferCallRequest;
import io.github.genericconnector.v1.TransferCallResponse;
import io.github.genericconnector.v1.TransferSingleStepRequest;
import io.github.genericconnector.v1.TransferSingleStepResponse;
import io.github.genericconnector.v1.UpdateCallVariableRequest;
import io.github.genericconnector.v1.UpdateCallVariableResponse;
import io.github.genericconnector.v1.WrapUpRequest;
import io.github.genericconnector.v1.WrapUpResponse;
import io.grpc.MethodDescriptor;
import java.util.concurrent.CompletableFuture;

/** The commands of an agent: each RPC blocking and asynchronous, by its request or by the request's fields. */
public abstract class AgentCommands {
  AgentCommands() {}

  abstract <Q extends Message, R extends Message> CompletableFuture<R> invoke(
      MethodDescriptor<Q, R> method, Q request);

  /**
   * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the
   * platform wants it, and after the last call when one runs (it never drops a call). A new Connect
   * or Login cancels one that waits.
   *
   * <p>Errors beside the common ones: REASON_CODE_REQUIRED.
   *
   * @param request see {@code ForceLogoutRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ForceLogoutResponse> forceLogoutAsync(ForceLogoutRequest request) {
    return invoke(AgentServiceGrpc.getForceLogoutMethod(), request);
  }

  /**
   * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the
   * platform wants it, and after the last call when one runs (it never drops a call). A new Connect
   * or Login cancels one that waits.
   *
   * <p>Errors beside the common ones: REASON_CODE_REQUIRED.
   *
   * @param request see {@code ForceLogoutRequest}
   * @return the reply
   */
  public ForceLogoutResponse forceLogout(ForceLogoutRequest request) {
    return Futures.await(forceLogoutAsync(request));
  }

  /**
   * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the
   * platform wants it, and after the last call when one runs (it never drops a call). A new Connect
   * or Login cancels one that waits.
   *
   * <p>Errors beside the common ones: REASON_CODE_REQUIRED.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ForceLogoutResponse> forceLogoutAsync() {
    return forceLogoutAsync(ForceLogoutRequest.newBuilder().build());
  }

  /**
   * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the
   * platform wants it, and after the last call when one runs (it never drops a call). A new Connect
   * or Login cancels one that waits.
   *
   * <p>Errors beside the common ones: REASON_CODE_REQUIRED.
   *
   * @return the reply
   */
  public ForceLogoutResponse forceLogout() {
    return Futures.await(forceLogoutAsync());
  }

  /**
   * Lists the agents that are signed in through this service, ordered by extension. {@code
   * agents.scope} of the configuration limits it to the own teams.
   *
   * @param request see {@code GetAllAgentsRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetAllAgentsResponse> getAllAgentsAsync(GetAllAgentsRequest request) {
    return invoke(AgentServiceGrpc.getGetAllAgentsMethod(), request);
  }

  /**
   * Lists the agents that are signed in through this service, ordered by extension. {@code
   * agents.scope} of the configuration limits it to the own teams.
   *
   * @param request see {@code GetAllAgentsRequest}
   * @return the reply
   */
  public GetAllAgentsResponse getAllAgents(GetAllAgentsRequest request) {
    return Futures.await(getAllAgentsAsync(request));
  }

  /**
   * Lists the agents that are signed in through this service, ordered by extension. {@code
   * agents.scope} of the configuration limits it to the own teams.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetAllAgentsResponse> getAllAgentsAsync() {
    return getAllAgentsAsync(GetAllAgentsRequest.newBuilder().build());
  }

  /**
   * Lists the agents that are signed in through this service, ordered by extension. {@code
   * agents.scope} of the configuration limits it to the own teams.
   *
   * @return the reply
   */
  public GetAllAgentsResponse getAllAgents() {
    return Futures.await(getAllAgentsAsync());
  }

  /**
   * Tells the agent's state and open calls, as the session knows them; the command to resynchronise
   * with.
   *
   * @param request see {@code GetStateRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetStateResponse> getStateAsync(GetStateRequest request) {
    return invoke(AgentServiceGrpc.getGetStateMethod(), request);
  }

  /**
   * Tells the agent's state and open calls, as the session knows them; the command to resynchronise
   * with.
   *
   * @param request see {@code GetStateRequest}
   * @return the reply
   */
  public GetStateResponse getState(GetStateRequest request) {
    return Futures.await(getStateAsync(request));
  }

  /**
   * Tells the agent's state and open calls, as the session knows them; the command to resynchronise
   * with.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetStateResponse> getStateAsync() {
    return getStateAsync(GetStateRequest.newBuilder().build());
  }

  /**
   * Tells the agent's state and open calls, as the session knows them; the command to resynchronise
   * with.
   *
   * @return the reply
   */
  public GetStateResponse getState() {
    return Futures.await(getStateAsync());
  }

  /**
   * Signs the agent in to Finesse on an extension (PUT User, {@code LOGIN}); the state afterwards
   * is NOT_READY. An agent who is signed in on that extension already keeps the state (forced
   * sign-in).
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, INVALID_STATE, USER_NOT_FOUND.
   *
   * @param request see {@code LoginRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LoginResponse> loginAsync(LoginRequest request) {
    return invoke(AgentServiceGrpc.getLoginMethod(), request);
  }

  /**
   * Signs the agent in to Finesse on an extension (PUT User, {@code LOGIN}); the state afterwards
   * is NOT_READY. An agent who is signed in on that extension already keeps the state (forced
   * sign-in).
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, INVALID_STATE, USER_NOT_FOUND.
   *
   * @param request see {@code LoginRequest}
   * @return the reply
   */
  public LoginResponse login(LoginRequest request) {
    return Futures.await(loginAsync(request));
  }

  /**
   * Signs the agent in to Finesse on an extension (PUT User, {@code LOGIN}); the state afterwards
   * is NOT_READY. An agent who is signed in on that extension already keeps the state (forced
   * sign-in).
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, INVALID_STATE, USER_NOT_FOUND.
   *
   * @param extension see {@code LoginRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LoginResponse> loginAsync(String extension) {
    return loginAsync(LoginRequest.newBuilder().setExtension(extension).build());
  }

  /**
   * Signs the agent in to Finesse on an extension (PUT User, {@code LOGIN}); the state afterwards
   * is NOT_READY. An agent who is signed in on that extension already keeps the state (forced
   * sign-in).
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, INVALID_STATE, USER_NOT_FOUND.
   *
   * @param extension see {@code LoginRequest}
   * @return the reply
   */
  public LoginResponse login(String extension) {
    return Futures.await(loginAsync(extension));
  }

  /**
   * Signs the agent out (PUT User, {@code LOGOUT}). Allowed from NOT_READY, on UCCX from READY too.
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @param request see {@code LogoutRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LogoutResponse> logoutAsync(LogoutRequest request) {
    return invoke(AgentServiceGrpc.getLogoutMethod(), request);
  }

  /**
   * Signs the agent out (PUT User, {@code LOGOUT}). Allowed from NOT_READY, on UCCX from READY too.
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @param request see {@code LogoutRequest}
   * @return the reply
   */
  public LogoutResponse logout(LogoutRequest request) {
    return Futures.await(logoutAsync(request));
  }

  /**
   * Signs the agent out (PUT User, {@code LOGOUT}). Allowed from NOT_READY, on UCCX from READY too.
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LogoutResponse> logoutAsync() {
    return logoutAsync(LogoutRequest.newBuilder().build());
  }

  /**
   * Signs the agent out (PUT User, {@code LOGOUT}). Allowed from NOT_READY, on UCCX from READY too.
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @return the reply
   */
  public LogoutResponse logout() {
    return Futures.await(logoutAsync());
  }

  /**
   * Signs the agent out with a reason of GetLogoutReasonCodes.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param request see {@code LogoutWithReasonRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LogoutWithReasonResponse> logoutWithReasonAsync(LogoutWithReasonRequest request) {
    return invoke(AgentServiceGrpc.getLogoutWithReasonMethod(), request);
  }

  /**
   * Signs the agent out with a reason of GetLogoutReasonCodes.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param request see {@code LogoutWithReasonRequest}
   * @return the reply
   */
  public LogoutWithReasonResponse logoutWithReason(LogoutWithReasonRequest request) {
    return Futures.await(logoutWithReasonAsync(request));
  }

  /**
   * Signs the agent out with a reason of GetLogoutReasonCodes.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param reasonId see {@code LogoutWithReasonRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LogoutWithReasonResponse> logoutWithReasonAsync(String reasonId) {
    return logoutWithReasonAsync(LogoutWithReasonRequest.newBuilder().setReasonId(reasonId).build());
  }

  /**
   * Signs the agent out with a reason of GetLogoutReasonCodes.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param reasonId see {@code LogoutWithReasonRequest}
   * @return the reply
   */
  public LogoutWithReasonResponse logoutWithReason(String reasonId) {
    return Futures.await(logoutWithReasonAsync(reasonId));
  }

  /**
   * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @param request see {@code MakeNotReadyRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeNotReadyResponse> makeNotReadyAsync(MakeNotReadyRequest request) {
    return invoke(AgentServiceGrpc.getMakeNotReadyMethod(), request);
  }

  /**
   * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @param request see {@code MakeNotReadyRequest}
   * @return the reply
   */
  public MakeNotReadyResponse makeNotReady(MakeNotReadyRequest request) {
    return Futures.await(makeNotReadyAsync(request));
  }

  /**
   * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeNotReadyResponse> makeNotReadyAsync() {
    return makeNotReadyAsync(MakeNotReadyRequest.newBuilder().build());
  }

  /**
   * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   *
   * @return the reply
   */
  public MakeNotReadyResponse makeNotReady() {
    return Futures.await(makeNotReadyAsync());
  }

  /**
   * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param request see {@code MakeNotReadyWithReasonRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeNotReadyWithReasonResponse> makeNotReadyWithReasonAsync(MakeNotReadyWithReasonRequest request) {
    return invoke(AgentServiceGrpc.getMakeNotReadyWithReasonMethod(), request);
  }

  /**
   * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param request see {@code MakeNotReadyWithReasonRequest}
   * @return the reply
   */
  public MakeNotReadyWithReasonResponse makeNotReadyWithReason(MakeNotReadyWithReasonRequest request) {
    return Futures.await(makeNotReadyWithReasonAsync(request));
  }

  /**
   * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param reasonId see {@code MakeNotReadyWithReasonRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeNotReadyWithReasonResponse> makeNotReadyWithReasonAsync(String reasonId) {
    return makeNotReadyWithReasonAsync(MakeNotReadyWithReasonRequest.newBuilder().setReasonId(reasonId).build());
  }

  /**
   * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   *
   * @param reasonId see {@code MakeNotReadyWithReasonRequest}
   * @return the reply
   */
  public MakeNotReadyWithReasonResponse makeNotReadyWithReason(String reasonId) {
    return Futures.await(makeNotReadyWithReasonAsync(reasonId));
  }

  /**
   * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE.
   *
   * @param request see {@code MakeReadyRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeReadyResponse> makeReadyAsync(MakeReadyRequest request) {
    return invoke(AgentServiceGrpc.getMakeReadyMethod(), request);
  }

  /**
   * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE.
   *
   * @param request see {@code MakeReadyRequest}
   * @return the reply
   */
  public MakeReadyResponse makeReady(MakeReadyRequest request) {
    return Futures.await(makeReadyAsync(request));
  }

  /**
   * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeReadyResponse> makeReadyAsync() {
    return makeReadyAsync(MakeReadyRequest.newBuilder().build());
  }

  /**
   * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE
   * ({@code pending_state}).
   *
   * <p>Errors beside the common ones: INVALID_STATE.
   *
   * @return the reply
   */
  public MakeReadyResponse makeReady() {
    return Futures.await(makeReadyAsync());
  }

  /**
   * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code MakeWorkNotReadyRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeWorkNotReadyResponse> makeWorkNotReadyAsync(MakeWorkNotReadyRequest request) {
    return invoke(AgentServiceGrpc.getMakeWorkNotReadyMethod(), request);
  }

  /**
   * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code MakeWorkNotReadyRequest}
   * @return the reply
   */
  public MakeWorkNotReadyResponse makeWorkNotReady(MakeWorkNotReadyRequest request) {
    return Futures.await(makeWorkNotReadyAsync(request));
  }

  /**
   * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeWorkNotReadyResponse> makeWorkNotReadyAsync() {
    return makeWorkNotReadyAsync(MakeWorkNotReadyRequest.newBuilder().build());
  }

  /**
   * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @return the reply
   */
  public MakeWorkNotReadyResponse makeWorkNotReady() {
    return Futures.await(makeWorkNotReadyAsync());
  }

  /**
   * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or
   * required).
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code MakeWorkReadyRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeWorkReadyResponse> makeWorkReadyAsync(MakeWorkReadyRequest request) {
    return invoke(AgentServiceGrpc.getMakeWorkReadyMethod(), request);
  }

  /**
   * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or
   * required).
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code MakeWorkReadyRequest}
   * @return the reply
   */
  public MakeWorkReadyResponse makeWorkReady(MakeWorkReadyRequest request) {
    return Futures.await(makeWorkReadyAsync(request));
  }

  /**
   * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or
   * required).
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeWorkReadyResponse> makeWorkReadyAsync() {
    return makeWorkReadyAsync(MakeWorkReadyRequest.newBuilder().build());
  }

  /**
   * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or
   * required).
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   *
   * @return the reply
   */
  public MakeWorkReadyResponse makeWorkReady() {
    return Futures.await(makeWorkReadyAsync());
  }

  /**
   * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call
   * must be answered before the sign-in is done; AnswerCall passes meanwhile.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, MODE_NOT_ALLOWED, UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code MobileAgentLoginRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MobileAgentLoginResponse> mobileAgentLoginAsync(MobileAgentLoginRequest request) {
    return invoke(AgentServiceGrpc.getMobileAgentLoginMethod(), request);
  }

  /**
   * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call
   * must be answered before the sign-in is done; AnswerCall passes meanwhile.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, MODE_NOT_ALLOWED, UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code MobileAgentLoginRequest}
   * @return the reply
   */
  public MobileAgentLoginResponse mobileAgentLogin(MobileAgentLoginRequest request) {
    return Futures.await(mobileAgentLoginAsync(request));
  }

  /**
   * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call
   * must be answered before the sign-in is done; AnswerCall passes meanwhile.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, MODE_NOT_ALLOWED, UNSUPPORTED_ON_PLATFORM.
   *
   * @param extension see {@code MobileAgentLoginRequest}
   * @param dialNumber see {@code MobileAgentLoginRequest}
   * @param mode see {@code MobileAgentLoginRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MobileAgentLoginResponse> mobileAgentLoginAsync(String extension, String dialNumber, MobileMode mode) {
    return mobileAgentLoginAsync(MobileAgentLoginRequest.newBuilder().setExtension(extension).setDialNumber(dialNumber).setMode(mode).build());
  }

  /**
   * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call
   * must be answered before the sign-in is done; AnswerCall passes meanwhile.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, MODE_NOT_ALLOWED, UNSUPPORTED_ON_PLATFORM.
   *
   * @param extension see {@code MobileAgentLoginRequest}
   * @param dialNumber see {@code MobileAgentLoginRequest}
   * @param mode see {@code MobileAgentLoginRequest}
   * @return the reply
   */
  public MobileAgentLoginResponse mobileAgentLogin(String extension, String dialNumber, MobileMode mode) {
    return Futures.await(mobileAgentLoginAsync(extension, dialNumber, mode));
  }

  /**
   * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code AnswerCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<AnswerCallResponse> answerCallAsync(AnswerCallRequest request) {
    return invoke(CallServiceGrpc.getAnswerCallMethod(), request);
  }

  /**
   * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code AnswerCallRequest}
   * @return the reply
   */
  public AnswerCallResponse answerCall(AnswerCallRequest request) {
    return Futures.await(answerCallAsync(request));
  }

  /**
   * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code AnswerCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<AnswerCallResponse> answerCallAsync(String dialogId) {
    return answerCallAsync(AnswerCallRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code AnswerCallRequest}
   * @return the reply
   */
  public AnswerCallResponse answerCall(String dialogId) {
    return Futures.await(answerCallAsync(dialogId));
  }

  /**
   * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes
   * the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code ConferenceCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ConferenceCallResponse> conferenceCallAsync(ConferenceCallRequest request) {
    return invoke(CallServiceGrpc.getConferenceCallMethod(), request);
  }

  /**
   * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes
   * the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code ConferenceCallRequest}
   * @return the reply
   */
  public ConferenceCallResponse conferenceCall(ConferenceCallRequest request) {
    return Futures.await(conferenceCallAsync(request));
  }

  /**
   * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes
   * the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code ConferenceCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ConferenceCallResponse> conferenceCallAsync(String dialogId) {
    return conferenceCallAsync(ConferenceCallRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes
   * the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code ConferenceCallRequest}
   * @return the reply
   */
  public ConferenceCallResponse conferenceCall(String dialogId) {
    return Futures.await(conferenceCallAsync(dialogId));
  }

  /**
   * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION.
   *
   * @param request see {@code ConsultCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ConsultCallResponse> consultCallAsync(ConsultCallRequest request) {
    return invoke(CallServiceGrpc.getConsultCallMethod(), request);
  }

  /**
   * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION.
   *
   * @param request see {@code ConsultCallRequest}
   * @return the reply
   */
  public ConsultCallResponse consultCall(ConsultCallRequest request) {
    return Futures.await(consultCallAsync(request));
  }

  /**
   * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION.
   *
   * @param to see {@code ConsultCallRequest}
   * @param dialogId see {@code ConsultCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ConsultCallResponse> consultCallAsync(String to, String dialogId) {
    return consultCallAsync(ConsultCallRequest.newBuilder().setTo(to).setDialogId(dialogId).build());
  }

  /**
   * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION.
   *
   * @param to see {@code ConsultCallRequest}
   * @param dialogId see {@code ConsultCallRequest}
   * @return the reply
   */
  public ConsultCallResponse consultCall(String to, String dialogId) {
    return Futures.await(consultCallAsync(to, dialogId));
  }

  /**
   * Puts a call on hold (Finesse HOLD).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code HoldCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<HoldCallResponse> holdCallAsync(HoldCallRequest request) {
    return invoke(CallServiceGrpc.getHoldCallMethod(), request);
  }

  /**
   * Puts a call on hold (Finesse HOLD).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code HoldCallRequest}
   * @return the reply
   */
  public HoldCallResponse holdCall(HoldCallRequest request) {
    return Futures.await(holdCallAsync(request));
  }

  /**
   * Puts a call on hold (Finesse HOLD).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code HoldCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<HoldCallResponse> holdCallAsync(String dialogId) {
    return holdCallAsync(HoldCallRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Puts a call on hold (Finesse HOLD).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code HoldCallRequest}
   * @return the reply
   */
  public HoldCallResponse holdCall(String dialogId) {
    return Futures.await(holdCallAsync(dialogId));
  }

  /**
   * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with
   * the own leg INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE.
   *
   * @param request see {@code MakeCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeCallResponse> makeCallAsync(MakeCallRequest request) {
    return invoke(CallServiceGrpc.getMakeCallMethod(), request);
  }

  /**
   * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with
   * the own leg INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE.
   *
   * @param request see {@code MakeCallRequest}
   * @return the reply
   */
  public MakeCallResponse makeCall(MakeCallRequest request) {
    return Futures.await(makeCallAsync(request));
  }

  /**
   * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with
   * the own leg INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE.
   *
   * @param to see {@code MakeCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<MakeCallResponse> makeCallAsync(String to) {
    return makeCallAsync(MakeCallRequest.newBuilder().setTo(to).build());
  }

  /**
   * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with
   * the own leg INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE.
   *
   * @param to see {@code MakeCallRequest}
   * @return the reply
   */
  public MakeCallResponse makeCall(String to) {
    return Futures.await(makeCallAsync(to));
  }

  /**
   * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code ReleaseCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ReleaseCallResponse> releaseCallAsync(ReleaseCallRequest request) {
    return invoke(CallServiceGrpc.getReleaseCallMethod(), request);
  }

  /**
   * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code ReleaseCallRequest}
   * @return the reply
   */
  public ReleaseCallResponse releaseCall(ReleaseCallRequest request) {
    return Futures.await(releaseCallAsync(request));
  }

  /**
   * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code ReleaseCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<ReleaseCallResponse> releaseCallAsync(String dialogId) {
    return releaseCallAsync(ReleaseCallRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code ReleaseCallRequest}
   * @return the reply
   */
  public ReleaseCallResponse releaseCall(String dialogId) {
    return Futures.await(releaseCallAsync(dialogId));
  }

  /**
   * Takes a call off hold (Finesse RETRIEVE).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code RetrieveCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<RetrieveCallResponse> retrieveCallAsync(RetrieveCallRequest request) {
    return invoke(CallServiceGrpc.getRetrieveCallMethod(), request);
  }

  /**
   * Takes a call off hold (Finesse RETRIEVE).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code RetrieveCallRequest}
   * @return the reply
   */
  public RetrieveCallResponse retrieveCall(RetrieveCallRequest request) {
    return Futures.await(retrieveCallAsync(request));
  }

  /**
   * Takes a call off hold (Finesse RETRIEVE).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code RetrieveCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<RetrieveCallResponse> retrieveCallAsync(String dialogId) {
    return retrieveCallAsync(RetrieveCallRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Takes a call off hold (Finesse RETRIEVE).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code RetrieveCallRequest}
   * @return the reply
   */
  public RetrieveCallResponse retrieveCall(String dialogId) {
    return Futures.await(retrieveCallAsync(dialogId));
  }

  /**
   * Sends tones into a call (Finesse SEND_DTMF).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code SendDtmfRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<SendDtmfResponse> sendDtmfAsync(SendDtmfRequest request) {
    return invoke(CallServiceGrpc.getSendDtmfMethod(), request);
  }

  /**
   * Sends tones into a call (Finesse SEND_DTMF).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code SendDtmfRequest}
   * @return the reply
   */
  public SendDtmfResponse sendDtmf(SendDtmfRequest request) {
    return Futures.await(sendDtmfAsync(request));
  }

  /**
   * Sends tones into a call (Finesse SEND_DTMF).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code SendDtmfRequest}
   * @param digits see {@code SendDtmfRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<SendDtmfResponse> sendDtmfAsync(String dialogId, String digits) {
    return sendDtmfAsync(SendDtmfRequest.newBuilder().setDialogId(dialogId).setDigits(digits).build());
  }

  /**
   * Sends tones into a call (Finesse SEND_DTMF).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code SendDtmfRequest}
   * @param digits see {@code SendDtmfRequest}
   * @return the reply
   */
  public SendDtmfResponse sendDtmf(String dialogId, String digits) {
    return Futures.await(sendDtmfAsync(dialogId, digits));
  }

  /**
   * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and
   * leaves. Takes the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code TransferCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<TransferCallResponse> transferCallAsync(TransferCallRequest request) {
    return invoke(CallServiceGrpc.getTransferCallMethod(), request);
  }

  /**
   * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and
   * leaves. Takes the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code TransferCallRequest}
   * @return the reply
   */
  public TransferCallResponse transferCall(TransferCallRequest request) {
    return Futures.await(transferCallAsync(request));
  }

  /**
   * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and
   * leaves. Takes the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code TransferCallRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<TransferCallResponse> transferCallAsync(String dialogId) {
    return transferCallAsync(TransferCallRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and
   * leaves. Takes the id of the main call or of the consult.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code TransferCallRequest}
   * @return the reply
   */
  public TransferCallResponse transferCall(String dialogId) {
    return Futures.await(transferCallAsync(dialogId));
  }

  /**
   * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code TransferSingleStepRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<TransferSingleStepResponse> transferSingleStepAsync(TransferSingleStepRequest request) {
    return invoke(CallServiceGrpc.getTransferSingleStepMethod(), request);
  }

  /**
   * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM.
   *
   * @param request see {@code TransferSingleStepRequest}
   * @return the reply
   */
  public TransferSingleStepResponse transferSingleStep(TransferSingleStepRequest request) {
    return Futures.await(transferSingleStepAsync(request));
  }

  /**
   * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM.
   *
   * @param to see {@code TransferSingleStepRequest}
   * @param dialogId see {@code TransferSingleStepRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<TransferSingleStepResponse> transferSingleStepAsync(String to, String dialogId) {
    return transferSingleStepAsync(TransferSingleStepRequest.newBuilder().setTo(to).setDialogId(dialogId).build());
  }

  /**
   * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM.
   *
   * @param to see {@code TransferSingleStepRequest}
   * @param dialogId see {@code TransferSingleStepRequest}
   * @return the reply
   */
  public TransferSingleStepResponse transferSingleStep(String to, String dialogId) {
    return Futures.await(transferSingleStepAsync(to, dialogId));
  }

  /**
   * Tells who takes part in a call.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetDialogParticipantsRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetDialogParticipantsResponse> getDialogParticipantsAsync(GetDialogParticipantsRequest request) {
    return invoke(DialogServiceGrpc.getGetDialogParticipantsMethod(), request);
  }

  /**
   * Tells who takes part in a call.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetDialogParticipantsRequest}
   * @return the reply
   */
  public GetDialogParticipantsResponse getDialogParticipants(GetDialogParticipantsRequest request) {
    return Futures.await(getDialogParticipantsAsync(request));
  }

  /**
   * Tells who takes part in a call.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param dialogId see {@code GetDialogParticipantsRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetDialogParticipantsResponse> getDialogParticipantsAsync(String dialogId) {
    return getDialogParticipantsAsync(GetDialogParticipantsRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Tells who takes part in a call.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param dialogId see {@code GetDialogParticipantsRequest}
   * @return the reply
   */
  public GetDialogParticipantsResponse getDialogParticipants(String dialogId) {
    return Futures.await(getDialogParticipantsAsync(dialogId));
  }

  /**
   * Tells the state of a call in the old product's words, and the call. An unknown or ended call is
   * no error: its state is NOT_FOUND.
   *
   * @param request see {@code GetDialogStateRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetDialogStateResponse> getDialogStateAsync(GetDialogStateRequest request) {
    return invoke(DialogServiceGrpc.getGetDialogStateMethod(), request);
  }

  /**
   * Tells the state of a call in the old product's words, and the call. An unknown or ended call is
   * no error: its state is NOT_FOUND.
   *
   * @param request see {@code GetDialogStateRequest}
   * @return the reply
   */
  public GetDialogStateResponse getDialogState(GetDialogStateRequest request) {
    return Futures.await(getDialogStateAsync(request));
  }

  /**
   * Tells the state of a call in the old product's words, and the call. An unknown or ended call is
   * no error: its state is NOT_FOUND.
   *
   * @param dialogId see {@code GetDialogStateRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetDialogStateResponse> getDialogStateAsync(String dialogId) {
    return getDialogStateAsync(GetDialogStateRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Tells the state of a call in the old product's words, and the call. An unknown or ended call is
   * no error: its state is NOT_FOUND.
   *
   * @param dialogId see {@code GetDialogStateRequest}
   * @return the reply
   */
  public GetDialogStateResponse getDialogState(String dialogId) {
    return Futures.await(getDialogStateAsync(dialogId));
  }

  /**
   * Tells what the agent may do with a call now.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetDialogStateControlsRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetDialogStateControlsResponse> getDialogStateControlsAsync(GetDialogStateControlsRequest request) {
    return invoke(DialogServiceGrpc.getGetDialogStateControlsMethod(), request);
  }

  /**
   * Tells what the agent may do with a call now.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetDialogStateControlsRequest}
   * @return the reply
   */
  public GetDialogStateControlsResponse getDialogStateControls(GetDialogStateControlsRequest request) {
    return Futures.await(getDialogStateControlsAsync(request));
  }

  /**
   * Tells what the agent may do with a call now.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param dialogId see {@code GetDialogStateControlsRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetDialogStateControlsResponse> getDialogStateControlsAsync(String dialogId) {
    return getDialogStateControlsAsync(GetDialogStateControlsRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Tells what the agent may do with a call now.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param dialogId see {@code GetDialogStateControlsRequest}
   * @return the reply
   */
  public GetDialogStateControlsResponse getDialogStateControls(String dialogId) {
    return Futures.await(getDialogStateControlsAsync(dialogId));
  }

  /**
   * Sets one variable of a call (Finesse UPDATE_CALL_DATA with {@code callvariables}).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code UpdateCallVariableRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<UpdateCallVariableResponse> updateCallVariableAsync(UpdateCallVariableRequest request) {
    return invoke(DialogServiceGrpc.getUpdateCallVariableMethod(), request);
  }

  /**
   * Sets one variable of a call (Finesse UPDATE_CALL_DATA with {@code callvariables}).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code UpdateCallVariableRequest}
   * @return the reply
   */
  public UpdateCallVariableResponse updateCallVariable(UpdateCallVariableRequest request) {
    return Futures.await(updateCallVariableAsync(request));
  }

  /**
   * Sets one variable of a call (Finesse UPDATE_CALL_DATA with {@code callvariables}).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code UpdateCallVariableRequest}
   * @param name see {@code UpdateCallVariableRequest}
   * @param value see {@code UpdateCallVariableRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<UpdateCallVariableResponse> updateCallVariableAsync(String dialogId, String name, String value) {
    return updateCallVariableAsync(UpdateCallVariableRequest.newBuilder().setDialogId(dialogId).setName(name).setValue(value).build());
  }

  /**
   * Sets one variable of a call (Finesse UPDATE_CALL_DATA with {@code callvariables}).
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code UpdateCallVariableRequest}
   * @param name see {@code UpdateCallVariableRequest}
   * @param value see {@code UpdateCallVariableRequest}
   * @return the reply
   */
  public UpdateCallVariableResponse updateCallVariable(String dialogId, String name, String value) {
    return Futures.await(updateCallVariableAsync(dialogId, name, value));
  }

  /**
   * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with
   * {@code wrapUpReason}). Silent on success for legacy clients.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code WrapUpRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<WrapUpResponse> wrapUpAsync(WrapUpRequest request) {
    return invoke(DialogServiceGrpc.getWrapUpMethod(), request);
  }

  /**
   * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with
   * {@code wrapUpReason}). Silent on success for legacy clients.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code WrapUpRequest}
   * @return the reply
   */
  public WrapUpResponse wrapUp(WrapUpRequest request) {
    return Futures.await(wrapUpAsync(request));
  }

  /**
   * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with
   * {@code wrapUpReason}). Silent on success for legacy clients.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code WrapUpRequest}
   * @param reason see {@code WrapUpRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<WrapUpResponse> wrapUpAsync(String dialogId, String reason) {
    return wrapUpAsync(WrapUpRequest.newBuilder().setDialogId(dialogId).setReason(reason).build());
  }

  /**
   * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with
   * {@code wrapUpReason}). Silent on success for legacy clients.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code WrapUpRequest}
   * @param reason see {@code WrapUpRequest}
   * @return the reply
   */
  public WrapUpResponse wrapUp(String dialogId, String reason) {
    return Futures.await(wrapUpAsync(dialogId, reason));
  }

  /**
   * Lists the contacts of a phone book.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetPhonebookContactsRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetPhonebookContactsResponse> getPhonebookContactsAsync(GetPhonebookContactsRequest request) {
    return invoke(PhonebookServiceGrpc.getGetPhonebookContactsMethod(), request);
  }

  /**
   * Lists the contacts of a phone book.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetPhonebookContactsRequest}
   * @return the reply
   */
  public GetPhonebookContactsResponse getPhonebookContacts(GetPhonebookContactsRequest request) {
    return Futures.await(getPhonebookContactsAsync(request));
  }

  /**
   * Lists the contacts of a phone book.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param phonebookId see {@code GetPhonebookContactsRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetPhonebookContactsResponse> getPhonebookContactsAsync(String phonebookId) {
    return getPhonebookContactsAsync(GetPhonebookContactsRequest.newBuilder().setPhonebookId(phonebookId).build());
  }

  /**
   * Lists the contacts of a phone book.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param phonebookId see {@code GetPhonebookContactsRequest}
   * @return the reply
   */
  public GetPhonebookContactsResponse getPhonebookContacts(String phonebookId) {
    return Futures.await(getPhonebookContactsAsync(phonebookId));
  }

  /**
   * Lists the agent's phone books.
   *
   * @param request see {@code GetPhonebooksRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetPhonebooksResponse> getPhonebooksAsync(GetPhonebooksRequest request) {
    return invoke(PhonebookServiceGrpc.getGetPhonebooksMethod(), request);
  }

  /**
   * Lists the agent's phone books.
   *
   * @param request see {@code GetPhonebooksRequest}
   * @return the reply
   */
  public GetPhonebooksResponse getPhonebooks(GetPhonebooksRequest request) {
    return Futures.await(getPhonebooksAsync(request));
  }

  /**
   * Lists the agent's phone books.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetPhonebooksResponse> getPhonebooksAsync() {
    return getPhonebooksAsync(GetPhonebooksRequest.newBuilder().build());
  }

  /**
   * Lists the agent's phone books.
   *
   * @return the reply
   */
  public GetPhonebooksResponse getPhonebooks() {
    return Futures.await(getPhonebooksAsync());
  }

  /**
   * Lists the phone books of a team.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetTeamPhonebooksRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetTeamPhonebooksResponse> getTeamPhonebooksAsync(GetTeamPhonebooksRequest request) {
    return invoke(PhonebookServiceGrpc.getGetTeamPhonebooksMethod(), request);
  }

  /**
   * Lists the phone books of a team.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param request see {@code GetTeamPhonebooksRequest}
   * @return the reply
   */
  public GetTeamPhonebooksResponse getTeamPhonebooks(GetTeamPhonebooksRequest request) {
    return Futures.await(getTeamPhonebooksAsync(request));
  }

  /**
   * Lists the phone books of a team.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param teamId see {@code GetTeamPhonebooksRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetTeamPhonebooksResponse> getTeamPhonebooksAsync(String teamId) {
    return getTeamPhonebooksAsync(GetTeamPhonebooksRequest.newBuilder().setTeamId(teamId).build());
  }

  /**
   * Lists the phone books of a team.
   *
   * <p>Errors beside the common ones: NOT_FOUND.
   *
   * @param teamId see {@code GetTeamPhonebooksRequest}
   * @return the reply
   */
  public GetTeamPhonebooksResponse getTeamPhonebooks(String teamId) {
    return Futures.await(getTeamPhonebooksAsync(teamId));
  }

  /**
   * Lists the reasons for sign-out.
   *
   * @param request see {@code GetLogoutReasonCodesRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetLogoutReasonCodesResponse> getLogoutReasonCodesAsync(GetLogoutReasonCodesRequest request) {
    return invoke(ReasonServiceGrpc.getGetLogoutReasonCodesMethod(), request);
  }

  /**
   * Lists the reasons for sign-out.
   *
   * @param request see {@code GetLogoutReasonCodesRequest}
   * @return the reply
   */
  public GetLogoutReasonCodesResponse getLogoutReasonCodes(GetLogoutReasonCodesRequest request) {
    return Futures.await(getLogoutReasonCodesAsync(request));
  }

  /**
   * Lists the reasons for sign-out.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetLogoutReasonCodesResponse> getLogoutReasonCodesAsync() {
    return getLogoutReasonCodesAsync(GetLogoutReasonCodesRequest.newBuilder().build());
  }

  /**
   * Lists the reasons for sign-out.
   *
   * @return the reply
   */
  public GetLogoutReasonCodesResponse getLogoutReasonCodes() {
    return Futures.await(getLogoutReasonCodesAsync());
  }

  /**
   * Lists the reasons for not being ready.
   *
   * @param request see {@code GetNotReadyReasonCodesRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetNotReadyReasonCodesResponse> getNotReadyReasonCodesAsync(GetNotReadyReasonCodesRequest request) {
    return invoke(ReasonServiceGrpc.getGetNotReadyReasonCodesMethod(), request);
  }

  /**
   * Lists the reasons for not being ready.
   *
   * @param request see {@code GetNotReadyReasonCodesRequest}
   * @return the reply
   */
  public GetNotReadyReasonCodesResponse getNotReadyReasonCodes(GetNotReadyReasonCodesRequest request) {
    return Futures.await(getNotReadyReasonCodesAsync(request));
  }

  /**
   * Lists the reasons for not being ready.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetNotReadyReasonCodesResponse> getNotReadyReasonCodesAsync() {
    return getNotReadyReasonCodesAsync(GetNotReadyReasonCodesRequest.newBuilder().build());
  }

  /**
   * Lists the reasons for not being ready.
   *
   * @return the reply
   */
  public GetNotReadyReasonCodesResponse getNotReadyReasonCodes() {
    return Futures.await(getNotReadyReasonCodesAsync());
  }

  /**
   * Lists the reasons for wrap-up.
   *
   * @param request see {@code GetWrapUpReasonCodesRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetWrapUpReasonCodesResponse> getWrapUpReasonCodesAsync(GetWrapUpReasonCodesRequest request) {
    return invoke(ReasonServiceGrpc.getGetWrapUpReasonCodesMethod(), request);
  }

  /**
   * Lists the reasons for wrap-up.
   *
   * @param request see {@code GetWrapUpReasonCodesRequest}
   * @return the reply
   */
  public GetWrapUpReasonCodesResponse getWrapUpReasonCodes(GetWrapUpReasonCodesRequest request) {
    return Futures.await(getWrapUpReasonCodesAsync(request));
  }

  /**
   * Lists the reasons for wrap-up.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetWrapUpReasonCodesResponse> getWrapUpReasonCodesAsync() {
    return getWrapUpReasonCodesAsync(GetWrapUpReasonCodesRequest.newBuilder().build());
  }

  /**
   * Lists the reasons for wrap-up.
   *
   * @return the reply
   */
  public GetWrapUpReasonCodesResponse getWrapUpReasonCodes() {
    return Futures.await(getWrapUpReasonCodesAsync());
  }

  /**
   * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, INVALID_DESTINATION, INVALID_STATE,
   * NOT_SUPERVISOR.
   *
   * @param request see {@code BargeInRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<BargeInResponse> bargeInAsync(BargeInRequest request) {
    return invoke(SupervisorServiceGrpc.getBargeInMethod(), request);
  }

  /**
   * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, INVALID_DESTINATION, INVALID_STATE,
   * NOT_SUPERVISOR.
   *
   * @param request see {@code BargeInRequest}
   * @return the reply
   */
  public BargeInResponse bargeIn(BargeInRequest request) {
    return Futures.await(bargeInAsync(request));
  }

  /**
   * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, INVALID_DESTINATION, INVALID_STATE,
   * NOT_SUPERVISOR.
   *
   * @param member see {@code BargeInRequest}
   * @param dialogId see {@code BargeInRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<BargeInResponse> bargeInAsync(String member, String dialogId) {
    return bargeInAsync(BargeInRequest.newBuilder().setMember(member).setDialogId(dialogId).build());
  }

  /**
   * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, INVALID_DESTINATION, INVALID_STATE,
   * NOT_SUPERVISOR.
   *
   * @param member see {@code BargeInRequest}
   * @param dialogId see {@code BargeInRequest}
   * @return the reply
   */
  public BargeInResponse bargeIn(String member, String dialogId) {
    return Futures.await(bargeInAsync(member, dialogId));
  }

  /**
   * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE;
   * which parties is Finesse's {@code enableDropParticipantFor}).
   *
   * <p>For supervisors.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM, NOT_SUPERVISOR.
   *
   * @param request see {@code DropParticipantRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<DropParticipantResponse> dropParticipantAsync(DropParticipantRequest request) {
    return invoke(SupervisorServiceGrpc.getDropParticipantMethod(), request);
  }

  /**
   * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE;
   * which parties is Finesse's {@code enableDropParticipantFor}).
   *
   * <p>For supervisors.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM, NOT_SUPERVISOR.
   *
   * @param request see {@code DropParticipantRequest}
   * @return the reply
   */
  public DropParticipantResponse dropParticipant(DropParticipantRequest request) {
    return Futures.await(dropParticipantAsync(request));
  }

  /**
   * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE;
   * which parties is Finesse's {@code enableDropParticipantFor}).
   *
   * <p>For supervisors.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM, NOT_SUPERVISOR.
   *
   * @param mediaAddress see {@code DropParticipantRequest}
   * @param dialogId see {@code DropParticipantRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<DropParticipantResponse> dropParticipantAsync(String mediaAddress, String dialogId) {
    return dropParticipantAsync(DropParticipantRequest.newBuilder().setMediaAddress(mediaAddress).setDialogId(dialogId).build());
  }

  /**
   * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE;
   * which parties is Finesse's {@code enableDropParticipantFor}).
   *
   * <p>For supervisors.
   *
   * <p>On UCCE only.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM, NOT_SUPERVISOR.
   *
   * @param mediaAddress see {@code DropParticipantRequest}
   * @param dialogId see {@code DropParticipantRequest}
   * @return the reply
   */
  public DropParticipantResponse dropParticipant(String mediaAddress, String dialogId) {
    return Futures.await(dropParticipantAsync(mediaAddress, dialogId));
  }

  /**
   * Ends a silent monitoring (Finesse DROP).
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code EndSilentMonitorRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<EndSilentMonitorResponse> endSilentMonitorAsync(EndSilentMonitorRequest request) {
    return invoke(SupervisorServiceGrpc.getEndSilentMonitorMethod(), request);
  }

  /**
   * Ends a silent monitoring (Finesse DROP).
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param request see {@code EndSilentMonitorRequest}
   * @return the reply
   */
  public EndSilentMonitorResponse endSilentMonitor(EndSilentMonitorRequest request) {
    return Futures.await(endSilentMonitorAsync(request));
  }

  /**
   * Ends a silent monitoring (Finesse DROP).
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code EndSilentMonitorRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<EndSilentMonitorResponse> endSilentMonitorAsync(String dialogId) {
    return endSilentMonitorAsync(EndSilentMonitorRequest.newBuilder().setDialogId(dialogId).build());
  }

  /**
   * Ends a silent monitoring (Finesse DROP).
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   *
   * @param dialogId see {@code EndSilentMonitorRequest}
   * @return the reply
   */
  public EndSilentMonitorResponse endSilentMonitor(String dialogId) {
    return Futures.await(endSilentMonitorAsync(dialogId));
  }

  /**
   * Lists the agent's queues (Finesse {@code User/…/Queues}); a supervisor's are those of the
   * teams' members too. Any agent may ask. From then on changes of the figures are published as
   * QueueChanged, at most every ten seconds (UCCE; UCCX gives no figures).
   *
   * @param request see {@code GetQueueListRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetQueueListResponse> getQueueListAsync(GetQueueListRequest request) {
    return invoke(SupervisorServiceGrpc.getGetQueueListMethod(), request);
  }

  /**
   * Lists the agent's queues (Finesse {@code User/…/Queues}); a supervisor's are those of the
   * teams' members too. Any agent may ask. From then on changes of the figures are published as
   * QueueChanged, at most every ten seconds (UCCE; UCCX gives no figures).
   *
   * @param request see {@code GetQueueListRequest}
   * @return the reply
   */
  public GetQueueListResponse getQueueList(GetQueueListRequest request) {
    return Futures.await(getQueueListAsync(request));
  }

  /**
   * Lists the agent's queues (Finesse {@code User/…/Queues}); a supervisor's are those of the
   * teams' members too. Any agent may ask. From then on changes of the figures are published as
   * QueueChanged, at most every ten seconds (UCCE; UCCX gives no figures).
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetQueueListResponse> getQueueListAsync() {
    return getQueueListAsync(GetQueueListRequest.newBuilder().build());
  }

  /**
   * Lists the agent's queues (Finesse {@code User/…/Queues}); a supervisor's are those of the
   * teams' members too. Any agent may ask. From then on changes of the figures are published as
   * QueueChanged, at most every ten seconds (UCCE; UCCX gives no figures).
   *
   * @return the reply
   */
  public GetQueueListResponse getQueueList() {
    return Futures.await(getQueueListAsync());
  }

  /**
   * Tells the state of a member of a supervised team, from the Team object.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param request see {@code GetTeamUserStateRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetTeamUserStateResponse> getTeamUserStateAsync(GetTeamUserStateRequest request) {
    return invoke(SupervisorServiceGrpc.getGetTeamUserStateMethod(), request);
  }

  /**
   * Tells the state of a member of a supervised team, from the Team object.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param request see {@code GetTeamUserStateRequest}
   * @return the reply
   */
  public GetTeamUserStateResponse getTeamUserState(GetTeamUserStateRequest request) {
    return Futures.await(getTeamUserStateAsync(request));
  }

  /**
   * Tells the state of a member of a supervised team, from the Team object.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param memberId see {@code GetTeamUserStateRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetTeamUserStateResponse> getTeamUserStateAsync(String memberId) {
    return getTeamUserStateAsync(GetTeamUserStateRequest.newBuilder().setMemberId(memberId).build());
  }

  /**
   * Tells the state of a member of a supervised team, from the Team object.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param memberId see {@code GetTeamUserStateRequest}
   * @return the reply
   */
  public GetTeamUserStateResponse getTeamUserState(String memberId) {
    return Futures.await(getTeamUserStateAsync(memberId));
  }

  /**
   * Lists the members of a team that the agent supervises, and subscribes to their changes.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param request see {@code GetTeamUsersRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetTeamUsersResponse> getTeamUsersAsync(GetTeamUsersRequest request) {
    return invoke(SupervisorServiceGrpc.getGetTeamUsersMethod(), request);
  }

  /**
   * Lists the members of a team that the agent supervises, and subscribes to their changes.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param request see {@code GetTeamUsersRequest}
   * @return the reply
   */
  public GetTeamUsersResponse getTeamUsers(GetTeamUsersRequest request) {
    return Futures.await(getTeamUsersAsync(request));
  }

  /**
   * Lists the members of a team that the agent supervises, and subscribes to their changes.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param teamId see {@code GetTeamUsersRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetTeamUsersResponse> getTeamUsersAsync(String teamId) {
    return getTeamUsersAsync(GetTeamUsersRequest.newBuilder().setTeamId(teamId).build());
  }

  /**
   * Lists the members of a team that the agent supervises, and subscribes to their changes.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   *
   * @param teamId see {@code GetTeamUsersRequest}
   * @return the reply
   */
  public GetTeamUsersResponse getTeamUsers(String teamId) {
    return Futures.await(getTeamUsersAsync(teamId));
  }

  /**
   * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with
   * the member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param request see {@code LogOutMemberRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LogOutMemberResponse> logOutMemberAsync(LogOutMemberRequest request) {
    return invoke(SupervisorServiceGrpc.getLogOutMemberMethod(), request);
  }

  /**
   * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with
   * the member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param request see {@code LogOutMemberRequest}
   * @return the reply
   */
  public LogOutMemberResponse logOutMember(LogOutMemberRequest request) {
    return Futures.await(logOutMemberAsync(request));
  }

  /**
   * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with
   * the member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param memberId see {@code LogOutMemberRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<LogOutMemberResponse> logOutMemberAsync(String memberId) {
    return logOutMemberAsync(LogOutMemberRequest.newBuilder().setMemberId(memberId).build());
  }

  /**
   * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with
   * the member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param memberId see {@code LogOutMemberRequest}
   * @return the reply
   */
  public LogOutMemberResponse logOutMember(String memberId) {
    return Futures.await(logOutMemberAsync(memberId));
  }

  /**
   * Makes a member ready or not ready, with the supervisor's credentials and without a reason
   * (Finesse sets one: code 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the
   * member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param request see {@code SetMemberStateRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<SetMemberStateResponse> setMemberStateAsync(SetMemberStateRequest request) {
    return invoke(SupervisorServiceGrpc.getSetMemberStateMethod(), request);
  }

  /**
   * Makes a member ready or not ready, with the supervisor's credentials and without a reason
   * (Finesse sets one: code 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the
   * member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param request see {@code SetMemberStateRequest}
   * @return the reply
   */
  public SetMemberStateResponse setMemberState(SetMemberStateRequest request) {
    return Futures.await(setMemberStateAsync(request));
  }

  /**
   * Makes a member ready or not ready, with the supervisor's credentials and without a reason
   * (Finesse sets one: code 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the
   * member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param memberId see {@code SetMemberStateRequest}
   * @param state see {@code SetMemberStateRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<SetMemberStateResponse> setMemberStateAsync(String memberId, AgentState state) {
    return setMemberStateAsync(SetMemberStateRequest.newBuilder().setMemberId(memberId).setState(state).build());
  }

  /**
   * Makes a member ready or not ready, with the supervisor's credentials and without a reason
   * (Finesse sets one: code 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the
   * member's id.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param memberId see {@code SetMemberStateRequest}
   * @param state see {@code SetMemberStateRequest}
   * @return the reply
   */
  public SetMemberStateResponse setMemberState(String memberId, AgentState state) {
    return Futures.await(setMemberStateAsync(memberId, state));
  }

  /**
   * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor
   * must be NOT_READY.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param request see {@code SilentMonitorRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<SilentMonitorResponse> silentMonitorAsync(SilentMonitorRequest request) {
    return invoke(SupervisorServiceGrpc.getSilentMonitorMethod(), request);
  }

  /**
   * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor
   * must be NOT_READY.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param request see {@code SilentMonitorRequest}
   * @return the reply
   */
  public SilentMonitorResponse silentMonitor(SilentMonitorRequest request) {
    return Futures.await(silentMonitorAsync(request));
  }

  /**
   * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor
   * must be NOT_READY.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param extension see {@code SilentMonitorRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<SilentMonitorResponse> silentMonitorAsync(String extension) {
    return silentMonitorAsync(SilentMonitorRequest.newBuilder().setExtension(extension).build());
  }

  /**
   * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor
   * must be NOT_READY.
   *
   * <p>For supervisors.
   *
   * <p>Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
   *
   * @param extension see {@code SilentMonitorRequest}
   * @return the reply
   */
  public SilentMonitorResponse silentMonitor(String extension) {
    return Futures.await(silentMonitorAsync(extension));
  }

  /**
   * Says what this deployment can do: platform, releases, the RPCs that work here.
   *
   * @param request see {@code GetCapabilitiesRequest}
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetCapabilitiesResponse> getCapabilitiesAsync(GetCapabilitiesRequest request) {
    return invoke(SystemServiceGrpc.getGetCapabilitiesMethod(), request);
  }

  /**
   * Says what this deployment can do: platform, releases, the RPCs that work here.
   *
   * @param request see {@code GetCapabilitiesRequest}
   * @return the reply
   */
  public GetCapabilitiesResponse getCapabilities(GetCapabilitiesRequest request) {
    return Futures.await(getCapabilitiesAsync(request));
  }

  /**
   * Says what this deployment can do: platform, releases, the RPCs that work here.
   *
   * @return the reply, or a {@link GcException}
   */
  public CompletableFuture<GetCapabilitiesResponse> getCapabilitiesAsync() {
    return getCapabilitiesAsync(GetCapabilitiesRequest.newBuilder().build());
  }

  /**
   * Says what this deployment can do: platform, releases, the RPCs that work here.
   *
   * @return the reply
   */
  public GetCapabilitiesResponse getCapabilities() {
    return Futures.await(getCapabilitiesAsync());
  }
}
