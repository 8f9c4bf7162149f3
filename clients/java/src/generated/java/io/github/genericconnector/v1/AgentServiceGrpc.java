package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * What an agent does for themselves. The token says who the agent is; no request but Connect names one.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AgentServiceGrpc {

  private AgentServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.AgentService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConnectRequest,
      io.github.genericconnector.v1.ConnectResponse> getConnectMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Connect",
      requestType = io.github.genericconnector.v1.ConnectRequest.class,
      responseType = io.github.genericconnector.v1.ConnectResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConnectRequest,
      io.github.genericconnector.v1.ConnectResponse> getConnectMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.ConnectRequest, io.github.genericconnector.v1.ConnectResponse> getConnectMethod;
    if ((getConnectMethod = AgentServiceGrpc.getConnectMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getConnectMethod = AgentServiceGrpc.getConnectMethod) == null) {
          AgentServiceGrpc.getConnectMethod = getConnectMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.ConnectRequest, io.github.genericconnector.v1.ConnectResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Connect"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ConnectRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ConnectResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("Connect"))
              .build();
        }
      }
    }
    return getConnectMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.DisconnectRequest,
      io.github.genericconnector.v1.DisconnectResponse> getDisconnectMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Disconnect",
      requestType = io.github.genericconnector.v1.DisconnectRequest.class,
      responseType = io.github.genericconnector.v1.DisconnectResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.DisconnectRequest,
      io.github.genericconnector.v1.DisconnectResponse> getDisconnectMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.DisconnectRequest, io.github.genericconnector.v1.DisconnectResponse> getDisconnectMethod;
    if ((getDisconnectMethod = AgentServiceGrpc.getDisconnectMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getDisconnectMethod = AgentServiceGrpc.getDisconnectMethod) == null) {
          AgentServiceGrpc.getDisconnectMethod = getDisconnectMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.DisconnectRequest, io.github.genericconnector.v1.DisconnectResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Disconnect"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.DisconnectRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.DisconnectResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("Disconnect"))
              .build();
        }
      }
    }
    return getDisconnectMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.LoginRequest,
      io.github.genericconnector.v1.LoginResponse> getLoginMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Login",
      requestType = io.github.genericconnector.v1.LoginRequest.class,
      responseType = io.github.genericconnector.v1.LoginResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.LoginRequest,
      io.github.genericconnector.v1.LoginResponse> getLoginMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.LoginRequest, io.github.genericconnector.v1.LoginResponse> getLoginMethod;
    if ((getLoginMethod = AgentServiceGrpc.getLoginMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getLoginMethod = AgentServiceGrpc.getLoginMethod) == null) {
          AgentServiceGrpc.getLoginMethod = getLoginMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.LoginRequest, io.github.genericconnector.v1.LoginResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Login"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LoginRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LoginResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("Login"))
              .build();
        }
      }
    }
    return getLoginMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.MobileAgentLoginRequest,
      io.github.genericconnector.v1.MobileAgentLoginResponse> getMobileAgentLoginMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MobileAgentLogin",
      requestType = io.github.genericconnector.v1.MobileAgentLoginRequest.class,
      responseType = io.github.genericconnector.v1.MobileAgentLoginResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.MobileAgentLoginRequest,
      io.github.genericconnector.v1.MobileAgentLoginResponse> getMobileAgentLoginMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.MobileAgentLoginRequest, io.github.genericconnector.v1.MobileAgentLoginResponse> getMobileAgentLoginMethod;
    if ((getMobileAgentLoginMethod = AgentServiceGrpc.getMobileAgentLoginMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getMobileAgentLoginMethod = AgentServiceGrpc.getMobileAgentLoginMethod) == null) {
          AgentServiceGrpc.getMobileAgentLoginMethod = getMobileAgentLoginMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.MobileAgentLoginRequest, io.github.genericconnector.v1.MobileAgentLoginResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MobileAgentLogin"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MobileAgentLoginRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MobileAgentLoginResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("MobileAgentLogin"))
              .build();
        }
      }
    }
    return getMobileAgentLoginMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogoutRequest,
      io.github.genericconnector.v1.LogoutResponse> getLogoutMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Logout",
      requestType = io.github.genericconnector.v1.LogoutRequest.class,
      responseType = io.github.genericconnector.v1.LogoutResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogoutRequest,
      io.github.genericconnector.v1.LogoutResponse> getLogoutMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogoutRequest, io.github.genericconnector.v1.LogoutResponse> getLogoutMethod;
    if ((getLogoutMethod = AgentServiceGrpc.getLogoutMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getLogoutMethod = AgentServiceGrpc.getLogoutMethod) == null) {
          AgentServiceGrpc.getLogoutMethod = getLogoutMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.LogoutRequest, io.github.genericconnector.v1.LogoutResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Logout"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LogoutRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LogoutResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("Logout"))
              .build();
        }
      }
    }
    return getLogoutMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogoutWithReasonRequest,
      io.github.genericconnector.v1.LogoutWithReasonResponse> getLogoutWithReasonMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "LogoutWithReason",
      requestType = io.github.genericconnector.v1.LogoutWithReasonRequest.class,
      responseType = io.github.genericconnector.v1.LogoutWithReasonResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogoutWithReasonRequest,
      io.github.genericconnector.v1.LogoutWithReasonResponse> getLogoutWithReasonMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogoutWithReasonRequest, io.github.genericconnector.v1.LogoutWithReasonResponse> getLogoutWithReasonMethod;
    if ((getLogoutWithReasonMethod = AgentServiceGrpc.getLogoutWithReasonMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getLogoutWithReasonMethod = AgentServiceGrpc.getLogoutWithReasonMethod) == null) {
          AgentServiceGrpc.getLogoutWithReasonMethod = getLogoutWithReasonMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.LogoutWithReasonRequest, io.github.genericconnector.v1.LogoutWithReasonResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "LogoutWithReason"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LogoutWithReasonRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LogoutWithReasonResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("LogoutWithReason"))
              .build();
        }
      }
    }
    return getLogoutWithReasonMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.ForceLogoutRequest,
      io.github.genericconnector.v1.ForceLogoutResponse> getForceLogoutMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ForceLogout",
      requestType = io.github.genericconnector.v1.ForceLogoutRequest.class,
      responseType = io.github.genericconnector.v1.ForceLogoutResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.ForceLogoutRequest,
      io.github.genericconnector.v1.ForceLogoutResponse> getForceLogoutMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.ForceLogoutRequest, io.github.genericconnector.v1.ForceLogoutResponse> getForceLogoutMethod;
    if ((getForceLogoutMethod = AgentServiceGrpc.getForceLogoutMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getForceLogoutMethod = AgentServiceGrpc.getForceLogoutMethod) == null) {
          AgentServiceGrpc.getForceLogoutMethod = getForceLogoutMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.ForceLogoutRequest, io.github.genericconnector.v1.ForceLogoutResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ForceLogout"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ForceLogoutRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.ForceLogoutResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("ForceLogout"))
              .build();
        }
      }
    }
    return getForceLogoutMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeReadyRequest,
      io.github.genericconnector.v1.MakeReadyResponse> getMakeReadyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MakeReady",
      requestType = io.github.genericconnector.v1.MakeReadyRequest.class,
      responseType = io.github.genericconnector.v1.MakeReadyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeReadyRequest,
      io.github.genericconnector.v1.MakeReadyResponse> getMakeReadyMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeReadyRequest, io.github.genericconnector.v1.MakeReadyResponse> getMakeReadyMethod;
    if ((getMakeReadyMethod = AgentServiceGrpc.getMakeReadyMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getMakeReadyMethod = AgentServiceGrpc.getMakeReadyMethod) == null) {
          AgentServiceGrpc.getMakeReadyMethod = getMakeReadyMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.MakeReadyRequest, io.github.genericconnector.v1.MakeReadyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MakeReady"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeReadyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeReadyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("MakeReady"))
              .build();
        }
      }
    }
    return getMakeReadyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeNotReadyRequest,
      io.github.genericconnector.v1.MakeNotReadyResponse> getMakeNotReadyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MakeNotReady",
      requestType = io.github.genericconnector.v1.MakeNotReadyRequest.class,
      responseType = io.github.genericconnector.v1.MakeNotReadyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeNotReadyRequest,
      io.github.genericconnector.v1.MakeNotReadyResponse> getMakeNotReadyMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeNotReadyRequest, io.github.genericconnector.v1.MakeNotReadyResponse> getMakeNotReadyMethod;
    if ((getMakeNotReadyMethod = AgentServiceGrpc.getMakeNotReadyMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getMakeNotReadyMethod = AgentServiceGrpc.getMakeNotReadyMethod) == null) {
          AgentServiceGrpc.getMakeNotReadyMethod = getMakeNotReadyMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.MakeNotReadyRequest, io.github.genericconnector.v1.MakeNotReadyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MakeNotReady"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeNotReadyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeNotReadyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("MakeNotReady"))
              .build();
        }
      }
    }
    return getMakeNotReadyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeNotReadyWithReasonRequest,
      io.github.genericconnector.v1.MakeNotReadyWithReasonResponse> getMakeNotReadyWithReasonMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MakeNotReadyWithReason",
      requestType = io.github.genericconnector.v1.MakeNotReadyWithReasonRequest.class,
      responseType = io.github.genericconnector.v1.MakeNotReadyWithReasonResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeNotReadyWithReasonRequest,
      io.github.genericconnector.v1.MakeNotReadyWithReasonResponse> getMakeNotReadyWithReasonMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeNotReadyWithReasonRequest, io.github.genericconnector.v1.MakeNotReadyWithReasonResponse> getMakeNotReadyWithReasonMethod;
    if ((getMakeNotReadyWithReasonMethod = AgentServiceGrpc.getMakeNotReadyWithReasonMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getMakeNotReadyWithReasonMethod = AgentServiceGrpc.getMakeNotReadyWithReasonMethod) == null) {
          AgentServiceGrpc.getMakeNotReadyWithReasonMethod = getMakeNotReadyWithReasonMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.MakeNotReadyWithReasonRequest, io.github.genericconnector.v1.MakeNotReadyWithReasonResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MakeNotReadyWithReason"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeNotReadyWithReasonRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeNotReadyWithReasonResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("MakeNotReadyWithReason"))
              .build();
        }
      }
    }
    return getMakeNotReadyWithReasonMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeWorkReadyRequest,
      io.github.genericconnector.v1.MakeWorkReadyResponse> getMakeWorkReadyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MakeWorkReady",
      requestType = io.github.genericconnector.v1.MakeWorkReadyRequest.class,
      responseType = io.github.genericconnector.v1.MakeWorkReadyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeWorkReadyRequest,
      io.github.genericconnector.v1.MakeWorkReadyResponse> getMakeWorkReadyMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeWorkReadyRequest, io.github.genericconnector.v1.MakeWorkReadyResponse> getMakeWorkReadyMethod;
    if ((getMakeWorkReadyMethod = AgentServiceGrpc.getMakeWorkReadyMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getMakeWorkReadyMethod = AgentServiceGrpc.getMakeWorkReadyMethod) == null) {
          AgentServiceGrpc.getMakeWorkReadyMethod = getMakeWorkReadyMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.MakeWorkReadyRequest, io.github.genericconnector.v1.MakeWorkReadyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MakeWorkReady"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeWorkReadyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeWorkReadyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("MakeWorkReady"))
              .build();
        }
      }
    }
    return getMakeWorkReadyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeWorkNotReadyRequest,
      io.github.genericconnector.v1.MakeWorkNotReadyResponse> getMakeWorkNotReadyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MakeWorkNotReady",
      requestType = io.github.genericconnector.v1.MakeWorkNotReadyRequest.class,
      responseType = io.github.genericconnector.v1.MakeWorkNotReadyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeWorkNotReadyRequest,
      io.github.genericconnector.v1.MakeWorkNotReadyResponse> getMakeWorkNotReadyMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.MakeWorkNotReadyRequest, io.github.genericconnector.v1.MakeWorkNotReadyResponse> getMakeWorkNotReadyMethod;
    if ((getMakeWorkNotReadyMethod = AgentServiceGrpc.getMakeWorkNotReadyMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getMakeWorkNotReadyMethod = AgentServiceGrpc.getMakeWorkNotReadyMethod) == null) {
          AgentServiceGrpc.getMakeWorkNotReadyMethod = getMakeWorkNotReadyMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.MakeWorkNotReadyRequest, io.github.genericconnector.v1.MakeWorkNotReadyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MakeWorkNotReady"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeWorkNotReadyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.MakeWorkNotReadyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("MakeWorkNotReady"))
              .build();
        }
      }
    }
    return getMakeWorkNotReadyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetStateRequest,
      io.github.genericconnector.v1.GetStateResponse> getGetStateMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetState",
      requestType = io.github.genericconnector.v1.GetStateRequest.class,
      responseType = io.github.genericconnector.v1.GetStateResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetStateRequest,
      io.github.genericconnector.v1.GetStateResponse> getGetStateMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetStateRequest, io.github.genericconnector.v1.GetStateResponse> getGetStateMethod;
    if ((getGetStateMethod = AgentServiceGrpc.getGetStateMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getGetStateMethod = AgentServiceGrpc.getGetStateMethod) == null) {
          AgentServiceGrpc.getGetStateMethod = getGetStateMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetStateRequest, io.github.genericconnector.v1.GetStateResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetState"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetStateRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetStateResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("GetState"))
              .build();
        }
      }
    }
    return getGetStateMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetAllAgentsRequest,
      io.github.genericconnector.v1.GetAllAgentsResponse> getGetAllAgentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAllAgents",
      requestType = io.github.genericconnector.v1.GetAllAgentsRequest.class,
      responseType = io.github.genericconnector.v1.GetAllAgentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetAllAgentsRequest,
      io.github.genericconnector.v1.GetAllAgentsResponse> getGetAllAgentsMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetAllAgentsRequest, io.github.genericconnector.v1.GetAllAgentsResponse> getGetAllAgentsMethod;
    if ((getGetAllAgentsMethod = AgentServiceGrpc.getGetAllAgentsMethod) == null) {
      synchronized (AgentServiceGrpc.class) {
        if ((getGetAllAgentsMethod = AgentServiceGrpc.getGetAllAgentsMethod) == null) {
          AgentServiceGrpc.getGetAllAgentsMethod = getGetAllAgentsMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetAllAgentsRequest, io.github.genericconnector.v1.GetAllAgentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAllAgents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetAllAgentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetAllAgentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AgentServiceMethodDescriptorSupplier("GetAllAgents"))
              .build();
        }
      }
    }
    return getGetAllAgentsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AgentServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AgentServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AgentServiceStub>() {
        @java.lang.Override
        public AgentServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AgentServiceStub(channel, callOptions);
        }
      };
    return AgentServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AgentServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AgentServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AgentServiceBlockingV2Stub>() {
        @java.lang.Override
        public AgentServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AgentServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AgentServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AgentServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AgentServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AgentServiceBlockingStub>() {
        @java.lang.Override
        public AgentServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AgentServiceBlockingStub(channel, callOptions);
        }
      };
    return AgentServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AgentServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AgentServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AgentServiceFutureStub>() {
        @java.lang.Override
        public AgentServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AgentServiceFutureStub(channel, callOptions);
        }
      };
    return AgentServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * What an agent does for themselves. The token says who the agent is; no request but Connect names one.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Proves the password against Finesse, opens the agent's session if there is none, and returns a token for all other
     * calls. Says nothing of the sign-in state: an agent that is signed in stays so, one that is not stays out. Every
     * Connect yields its own token, others stay valid. A failure touches no existing session. Legacy: also binds the
     * agent to the client's destination; silent on success.
     * </pre>
     */
    default void connect(io.github.genericconnector.v1.ConnectRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConnectResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getConnectMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends the token that the call carries. The agent's session, sign-in and other tokens stay.
     * </pre>
     */
    default void disconnect(io.github.genericconnector.v1.DisconnectRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.DisconnectResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDisconnectMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs the agent in to Finesse on an extension (PUT User, `LOGIN`); the state afterwards is NOT_READY. An agent who
     * is signed in on that extension already keeps the state (forced sign-in).
     * </pre>
     */
    default void login(io.github.genericconnector.v1.LoginRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LoginResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLoginMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call must be answered
     * before the sign-in is done; AnswerCall passes meanwhile.
     * </pre>
     */
    default void mobileAgentLogin(io.github.genericconnector.v1.MobileAgentLoginRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MobileAgentLoginResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMobileAgentLoginMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs the agent out (PUT User, `LOGOUT`). Allowed from NOT_READY, on UCCX from READY too.
     * </pre>
     */
    default void logout(io.github.genericconnector.v1.LogoutRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogoutResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLogoutMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs the agent out with a reason of GetLogoutReasonCodes.
     * </pre>
     */
    default void logoutWithReason(io.github.genericconnector.v1.LogoutWithReasonRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogoutWithReasonResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLogoutWithReasonMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the platform wants it,
     * and after the last call when one runs (it never drops a call). A new Connect or Login cancels one that waits.
     * </pre>
     */
    default void forceLogout(io.github.genericconnector.v1.ForceLogoutRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ForceLogoutResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getForceLogoutMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    default void makeReady(io.github.genericconnector.v1.MakeReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeReadyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMakeReadyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    default void makeNotReady(io.github.genericconnector.v1.MakeNotReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeNotReadyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMakeNotReadyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
     * </pre>
     */
    default void makeNotReadyWithReason(io.github.genericconnector.v1.MakeNotReadyWithReasonRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeNotReadyWithReasonResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMakeNotReadyWithReasonMethod(), responseObserver);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or required).
     * </pre>
     */
    default void makeWorkReady(io.github.genericconnector.v1.MakeWorkReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeWorkReadyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMakeWorkReadyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
     * </pre>
     */
    default void makeWorkNotReady(io.github.genericconnector.v1.MakeWorkNotReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeWorkNotReadyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMakeWorkNotReadyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells the agent's state and open calls, as the session knows them; the command to resynchronise with.
     * </pre>
     */
    default void getState(io.github.genericconnector.v1.GetStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetStateResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetStateMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the agents that are signed in through this service, ordered by extension. `agents.scope` of the configuration
     * limits it to the own teams.
     * </pre>
     */
    default void getAllAgents(io.github.genericconnector.v1.GetAllAgentsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetAllAgentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAllAgentsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AgentService.
   * <pre>
   * What an agent does for themselves. The token says who the agent is; no request but Connect names one.
   * </pre>
   */
  public static abstract class AgentServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AgentServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AgentService.
   * <pre>
   * What an agent does for themselves. The token says who the agent is; no request but Connect names one.
   * </pre>
   */
  public static final class AgentServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AgentServiceStub> {
    private AgentServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AgentServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AgentServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Proves the password against Finesse, opens the agent's session if there is none, and returns a token for all other
     * calls. Says nothing of the sign-in state: an agent that is signed in stays so, one that is not stays out. Every
     * Connect yields its own token, others stay valid. A failure touches no existing session. Legacy: also binds the
     * agent to the client's destination; silent on success.
     * </pre>
     */
    public void connect(io.github.genericconnector.v1.ConnectRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConnectResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getConnectMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends the token that the call carries. The agent's session, sign-in and other tokens stay.
     * </pre>
     */
    public void disconnect(io.github.genericconnector.v1.DisconnectRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.DisconnectResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDisconnectMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs the agent in to Finesse on an extension (PUT User, `LOGIN`); the state afterwards is NOT_READY. An agent who
     * is signed in on that extension already keeps the state (forced sign-in).
     * </pre>
     */
    public void login(io.github.genericconnector.v1.LoginRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LoginResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLoginMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call must be answered
     * before the sign-in is done; AnswerCall passes meanwhile.
     * </pre>
     */
    public void mobileAgentLogin(io.github.genericconnector.v1.MobileAgentLoginRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MobileAgentLoginResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMobileAgentLoginMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs the agent out (PUT User, `LOGOUT`). Allowed from NOT_READY, on UCCX from READY too.
     * </pre>
     */
    public void logout(io.github.genericconnector.v1.LogoutRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogoutResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLogoutMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs the agent out with a reason of GetLogoutReasonCodes.
     * </pre>
     */
    public void logoutWithReason(io.github.genericconnector.v1.LogoutWithReasonRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogoutWithReasonResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLogoutWithReasonMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the platform wants it,
     * and after the last call when one runs (it never drops a call). A new Connect or Login cancels one that waits.
     * </pre>
     */
    public void forceLogout(io.github.genericconnector.v1.ForceLogoutRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ForceLogoutResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getForceLogoutMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public void makeReady(io.github.genericconnector.v1.MakeReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeReadyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMakeReadyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public void makeNotReady(io.github.genericconnector.v1.MakeNotReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeNotReadyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMakeNotReadyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
     * </pre>
     */
    public void makeNotReadyWithReason(io.github.genericconnector.v1.MakeNotReadyWithReasonRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeNotReadyWithReasonResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMakeNotReadyWithReasonMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or required).
     * </pre>
     */
    public void makeWorkReady(io.github.genericconnector.v1.MakeWorkReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeWorkReadyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMakeWorkReadyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
     * </pre>
     */
    public void makeWorkNotReady(io.github.genericconnector.v1.MakeWorkNotReadyRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeWorkNotReadyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMakeWorkNotReadyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells the agent's state and open calls, as the session knows them; the command to resynchronise with.
     * </pre>
     */
    public void getState(io.github.genericconnector.v1.GetStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetStateResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetStateMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the agents that are signed in through this service, ordered by extension. `agents.scope` of the configuration
     * limits it to the own teams.
     * </pre>
     */
    public void getAllAgents(io.github.genericconnector.v1.GetAllAgentsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetAllAgentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAllAgentsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AgentService.
   * <pre>
   * What an agent does for themselves. The token says who the agent is; no request but Connect names one.
   * </pre>
   */
  public static final class AgentServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AgentServiceBlockingV2Stub> {
    private AgentServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AgentServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AgentServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Proves the password against Finesse, opens the agent's session if there is none, and returns a token for all other
     * calls. Says nothing of the sign-in state: an agent that is signed in stays so, one that is not stays out. Every
     * Connect yields its own token, others stay valid. A failure touches no existing session. Legacy: also binds the
     * agent to the client's destination; silent on success.
     * </pre>
     */
    public io.github.genericconnector.v1.ConnectResponse connect(io.github.genericconnector.v1.ConnectRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getConnectMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends the token that the call carries. The agent's session, sign-in and other tokens stay.
     * </pre>
     */
    public io.github.genericconnector.v1.DisconnectResponse disconnect(io.github.genericconnector.v1.DisconnectRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDisconnectMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent in to Finesse on an extension (PUT User, `LOGIN`); the state afterwards is NOT_READY. An agent who
     * is signed in on that extension already keeps the state (forced sign-in).
     * </pre>
     */
    public io.github.genericconnector.v1.LoginResponse login(io.github.genericconnector.v1.LoginRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLoginMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call must be answered
     * before the sign-in is done; AnswerCall passes meanwhile.
     * </pre>
     */
    public io.github.genericconnector.v1.MobileAgentLoginResponse mobileAgentLogin(io.github.genericconnector.v1.MobileAgentLoginRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMobileAgentLoginMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent out (PUT User, `LOGOUT`). Allowed from NOT_READY, on UCCX from READY too.
     * </pre>
     */
    public io.github.genericconnector.v1.LogoutResponse logout(io.github.genericconnector.v1.LogoutRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLogoutMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent out with a reason of GetLogoutReasonCodes.
     * </pre>
     */
    public io.github.genericconnector.v1.LogoutWithReasonResponse logoutWithReason(io.github.genericconnector.v1.LogoutWithReasonRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLogoutWithReasonMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the platform wants it,
     * and after the last call when one runs (it never drops a call). A new Connect or Login cancels one that waits.
     * </pre>
     */
    public io.github.genericconnector.v1.ForceLogoutResponse forceLogout(io.github.genericconnector.v1.ForceLogoutRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getForceLogoutMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeReadyResponse makeReady(io.github.genericconnector.v1.MakeReadyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMakeReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeNotReadyResponse makeNotReady(io.github.genericconnector.v1.MakeNotReadyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMakeNotReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
     * </pre>
     */
    public io.github.genericconnector.v1.MakeNotReadyWithReasonResponse makeNotReadyWithReason(io.github.genericconnector.v1.MakeNotReadyWithReasonRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMakeNotReadyWithReasonMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or required).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeWorkReadyResponse makeWorkReady(io.github.genericconnector.v1.MakeWorkReadyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMakeWorkReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeWorkNotReadyResponse makeWorkNotReady(io.github.genericconnector.v1.MakeWorkNotReadyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMakeWorkNotReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells the agent's state and open calls, as the session knows them; the command to resynchronise with.
     * </pre>
     */
    public io.github.genericconnector.v1.GetStateResponse getState(io.github.genericconnector.v1.GetStateRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the agents that are signed in through this service, ordered by extension. `agents.scope` of the configuration
     * limits it to the own teams.
     * </pre>
     */
    public io.github.genericconnector.v1.GetAllAgentsResponse getAllAgents(io.github.genericconnector.v1.GetAllAgentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAllAgentsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AgentService.
   * <pre>
   * What an agent does for themselves. The token says who the agent is; no request but Connect names one.
   * </pre>
   */
  public static final class AgentServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AgentServiceBlockingStub> {
    private AgentServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AgentServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AgentServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Proves the password against Finesse, opens the agent's session if there is none, and returns a token for all other
     * calls. Says nothing of the sign-in state: an agent that is signed in stays so, one that is not stays out. Every
     * Connect yields its own token, others stay valid. A failure touches no existing session. Legacy: also binds the
     * agent to the client's destination; silent on success.
     * </pre>
     */
    public io.github.genericconnector.v1.ConnectResponse connect(io.github.genericconnector.v1.ConnectRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getConnectMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends the token that the call carries. The agent's session, sign-in and other tokens stay.
     * </pre>
     */
    public io.github.genericconnector.v1.DisconnectResponse disconnect(io.github.genericconnector.v1.DisconnectRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDisconnectMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent in to Finesse on an extension (PUT User, `LOGIN`); the state afterwards is NOT_READY. An agent who
     * is signed in on that extension already keeps the state (forced sign-in).
     * </pre>
     */
    public io.github.genericconnector.v1.LoginResponse login(io.github.genericconnector.v1.LoginRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLoginMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call must be answered
     * before the sign-in is done; AnswerCall passes meanwhile.
     * </pre>
     */
    public io.github.genericconnector.v1.MobileAgentLoginResponse mobileAgentLogin(io.github.genericconnector.v1.MobileAgentLoginRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMobileAgentLoginMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent out (PUT User, `LOGOUT`). Allowed from NOT_READY, on UCCX from READY too.
     * </pre>
     */
    public io.github.genericconnector.v1.LogoutResponse logout(io.github.genericconnector.v1.LogoutRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLogoutMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent out with a reason of GetLogoutReasonCodes.
     * </pre>
     */
    public io.github.genericconnector.v1.LogoutWithReasonResponse logoutWithReason(io.github.genericconnector.v1.LogoutWithReasonRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLogoutWithReasonMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the platform wants it,
     * and after the last call when one runs (it never drops a call). A new Connect or Login cancels one that waits.
     * </pre>
     */
    public io.github.genericconnector.v1.ForceLogoutResponse forceLogout(io.github.genericconnector.v1.ForceLogoutRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getForceLogoutMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeReadyResponse makeReady(io.github.genericconnector.v1.MakeReadyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMakeReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeNotReadyResponse makeNotReady(io.github.genericconnector.v1.MakeNotReadyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMakeNotReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
     * </pre>
     */
    public io.github.genericconnector.v1.MakeNotReadyWithReasonResponse makeNotReadyWithReason(io.github.genericconnector.v1.MakeNotReadyWithReasonRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMakeNotReadyWithReasonMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or required).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeWorkReadyResponse makeWorkReady(io.github.genericconnector.v1.MakeWorkReadyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMakeWorkReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
     * </pre>
     */
    public io.github.genericconnector.v1.MakeWorkNotReadyResponse makeWorkNotReady(io.github.genericconnector.v1.MakeWorkNotReadyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMakeWorkNotReadyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells the agent's state and open calls, as the session knows them; the command to resynchronise with.
     * </pre>
     */
    public io.github.genericconnector.v1.GetStateResponse getState(io.github.genericconnector.v1.GetStateRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the agents that are signed in through this service, ordered by extension. `agents.scope` of the configuration
     * limits it to the own teams.
     * </pre>
     */
    public io.github.genericconnector.v1.GetAllAgentsResponse getAllAgents(io.github.genericconnector.v1.GetAllAgentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAllAgentsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AgentService.
   * <pre>
   * What an agent does for themselves. The token says who the agent is; no request but Connect names one.
   * </pre>
   */
  public static final class AgentServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AgentServiceFutureStub> {
    private AgentServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AgentServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AgentServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Proves the password against Finesse, opens the agent's session if there is none, and returns a token for all other
     * calls. Says nothing of the sign-in state: an agent that is signed in stays so, one that is not stays out. Every
     * Connect yields its own token, others stay valid. A failure touches no existing session. Legacy: also binds the
     * agent to the client's destination; silent on success.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.ConnectResponse> connect(
        io.github.genericconnector.v1.ConnectRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getConnectMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends the token that the call carries. The agent's session, sign-in and other tokens stay.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.DisconnectResponse> disconnect(
        io.github.genericconnector.v1.DisconnectRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDisconnectMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs the agent in to Finesse on an extension (PUT User, `LOGIN`); the state afterwards is NOT_READY. An agent who
     * is signed in on that extension already keeps the state (forced sign-in).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.LoginResponse> login(
        io.github.genericconnector.v1.LoginRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLoginMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call must be answered
     * before the sign-in is done; AnswerCall passes meanwhile.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.MobileAgentLoginResponse> mobileAgentLogin(
        io.github.genericconnector.v1.MobileAgentLoginRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMobileAgentLoginMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs the agent out (PUT User, `LOGOUT`). Allowed from NOT_READY, on UCCX from READY too.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.LogoutResponse> logout(
        io.github.genericconnector.v1.LogoutRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLogoutMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs the agent out with a reason of GetLogoutReasonCodes.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.LogoutWithReasonResponse> logoutWithReason(
        io.github.genericconnector.v1.LogoutWithReasonRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLogoutWithReasonMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the platform wants it,
     * and after the last call when one runs (it never drops a call). A new Connect or Login cancels one that waits.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.ForceLogoutResponse> forceLogout(
        io.github.genericconnector.v1.ForceLogoutRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getForceLogoutMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.MakeReadyResponse> makeReady(
        io.github.genericconnector.v1.MakeReadyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMakeReadyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE (`pending_state`).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.MakeNotReadyResponse> makeNotReady(
        io.github.genericconnector.v1.MakeNotReadyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMakeNotReadyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.MakeNotReadyWithReasonResponse> makeNotReadyWithReason(
        io.github.genericconnector.v1.MakeNotReadyWithReasonRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMakeNotReadyWithReasonMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or required).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.MakeWorkReadyResponse> makeWorkReady(
        io.github.genericconnector.v1.MakeWorkReadyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMakeWorkReadyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.MakeWorkNotReadyResponse> makeWorkNotReady(
        io.github.genericconnector.v1.MakeWorkNotReadyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMakeWorkNotReadyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells the agent's state and open calls, as the session knows them; the command to resynchronise with.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetStateResponse> getState(
        io.github.genericconnector.v1.GetStateRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetStateMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the agents that are signed in through this service, ordered by extension. `agents.scope` of the configuration
     * limits it to the own teams.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetAllAgentsResponse> getAllAgents(
        io.github.genericconnector.v1.GetAllAgentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAllAgentsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CONNECT = 0;
  private static final int METHODID_DISCONNECT = 1;
  private static final int METHODID_LOGIN = 2;
  private static final int METHODID_MOBILE_AGENT_LOGIN = 3;
  private static final int METHODID_LOGOUT = 4;
  private static final int METHODID_LOGOUT_WITH_REASON = 5;
  private static final int METHODID_FORCE_LOGOUT = 6;
  private static final int METHODID_MAKE_READY = 7;
  private static final int METHODID_MAKE_NOT_READY = 8;
  private static final int METHODID_MAKE_NOT_READY_WITH_REASON = 9;
  private static final int METHODID_MAKE_WORK_READY = 10;
  private static final int METHODID_MAKE_WORK_NOT_READY = 11;
  private static final int METHODID_GET_STATE = 12;
  private static final int METHODID_GET_ALL_AGENTS = 13;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CONNECT:
          serviceImpl.connect((io.github.genericconnector.v1.ConnectRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ConnectResponse>) responseObserver);
          break;
        case METHODID_DISCONNECT:
          serviceImpl.disconnect((io.github.genericconnector.v1.DisconnectRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.DisconnectResponse>) responseObserver);
          break;
        case METHODID_LOGIN:
          serviceImpl.login((io.github.genericconnector.v1.LoginRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LoginResponse>) responseObserver);
          break;
        case METHODID_MOBILE_AGENT_LOGIN:
          serviceImpl.mobileAgentLogin((io.github.genericconnector.v1.MobileAgentLoginRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MobileAgentLoginResponse>) responseObserver);
          break;
        case METHODID_LOGOUT:
          serviceImpl.logout((io.github.genericconnector.v1.LogoutRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogoutResponse>) responseObserver);
          break;
        case METHODID_LOGOUT_WITH_REASON:
          serviceImpl.logoutWithReason((io.github.genericconnector.v1.LogoutWithReasonRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogoutWithReasonResponse>) responseObserver);
          break;
        case METHODID_FORCE_LOGOUT:
          serviceImpl.forceLogout((io.github.genericconnector.v1.ForceLogoutRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.ForceLogoutResponse>) responseObserver);
          break;
        case METHODID_MAKE_READY:
          serviceImpl.makeReady((io.github.genericconnector.v1.MakeReadyRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeReadyResponse>) responseObserver);
          break;
        case METHODID_MAKE_NOT_READY:
          serviceImpl.makeNotReady((io.github.genericconnector.v1.MakeNotReadyRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeNotReadyResponse>) responseObserver);
          break;
        case METHODID_MAKE_NOT_READY_WITH_REASON:
          serviceImpl.makeNotReadyWithReason((io.github.genericconnector.v1.MakeNotReadyWithReasonRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeNotReadyWithReasonResponse>) responseObserver);
          break;
        case METHODID_MAKE_WORK_READY:
          serviceImpl.makeWorkReady((io.github.genericconnector.v1.MakeWorkReadyRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeWorkReadyResponse>) responseObserver);
          break;
        case METHODID_MAKE_WORK_NOT_READY:
          serviceImpl.makeWorkNotReady((io.github.genericconnector.v1.MakeWorkNotReadyRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.MakeWorkNotReadyResponse>) responseObserver);
          break;
        case METHODID_GET_STATE:
          serviceImpl.getState((io.github.genericconnector.v1.GetStateRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetStateResponse>) responseObserver);
          break;
        case METHODID_GET_ALL_AGENTS:
          serviceImpl.getAllAgents((io.github.genericconnector.v1.GetAllAgentsRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetAllAgentsResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getConnectMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.ConnectRequest,
              io.github.genericconnector.v1.ConnectResponse>(
                service, METHODID_CONNECT)))
        .addMethod(
          getDisconnectMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.DisconnectRequest,
              io.github.genericconnector.v1.DisconnectResponse>(
                service, METHODID_DISCONNECT)))
        .addMethod(
          getLoginMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.LoginRequest,
              io.github.genericconnector.v1.LoginResponse>(
                service, METHODID_LOGIN)))
        .addMethod(
          getMobileAgentLoginMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.MobileAgentLoginRequest,
              io.github.genericconnector.v1.MobileAgentLoginResponse>(
                service, METHODID_MOBILE_AGENT_LOGIN)))
        .addMethod(
          getLogoutMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.LogoutRequest,
              io.github.genericconnector.v1.LogoutResponse>(
                service, METHODID_LOGOUT)))
        .addMethod(
          getLogoutWithReasonMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.LogoutWithReasonRequest,
              io.github.genericconnector.v1.LogoutWithReasonResponse>(
                service, METHODID_LOGOUT_WITH_REASON)))
        .addMethod(
          getForceLogoutMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.ForceLogoutRequest,
              io.github.genericconnector.v1.ForceLogoutResponse>(
                service, METHODID_FORCE_LOGOUT)))
        .addMethod(
          getMakeReadyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.MakeReadyRequest,
              io.github.genericconnector.v1.MakeReadyResponse>(
                service, METHODID_MAKE_READY)))
        .addMethod(
          getMakeNotReadyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.MakeNotReadyRequest,
              io.github.genericconnector.v1.MakeNotReadyResponse>(
                service, METHODID_MAKE_NOT_READY)))
        .addMethod(
          getMakeNotReadyWithReasonMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.MakeNotReadyWithReasonRequest,
              io.github.genericconnector.v1.MakeNotReadyWithReasonResponse>(
                service, METHODID_MAKE_NOT_READY_WITH_REASON)))
        .addMethod(
          getMakeWorkReadyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.MakeWorkReadyRequest,
              io.github.genericconnector.v1.MakeWorkReadyResponse>(
                service, METHODID_MAKE_WORK_READY)))
        .addMethod(
          getMakeWorkNotReadyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.MakeWorkNotReadyRequest,
              io.github.genericconnector.v1.MakeWorkNotReadyResponse>(
                service, METHODID_MAKE_WORK_NOT_READY)))
        .addMethod(
          getGetStateMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetStateRequest,
              io.github.genericconnector.v1.GetStateResponse>(
                service, METHODID_GET_STATE)))
        .addMethod(
          getGetAllAgentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetAllAgentsRequest,
              io.github.genericconnector.v1.GetAllAgentsResponse>(
                service, METHODID_GET_ALL_AGENTS)))
        .build();
  }

  private static abstract class AgentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AgentServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.AgentProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AgentService");
    }
  }

  private static final class AgentServiceFileDescriptorSupplier
      extends AgentServiceBaseDescriptorSupplier {
    AgentServiceFileDescriptorSupplier() {}
  }

  private static final class AgentServiceMethodDescriptorSupplier
      extends AgentServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AgentServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (AgentServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AgentServiceFileDescriptorSupplier())
              .addMethod(getConnectMethod())
              .addMethod(getDisconnectMethod())
              .addMethod(getLoginMethod())
              .addMethod(getMobileAgentLoginMethod())
              .addMethod(getLogoutMethod())
              .addMethod(getLogoutWithReasonMethod())
              .addMethod(getForceLogoutMethod())
              .addMethod(getMakeReadyMethod())
              .addMethod(getMakeNotReadyMethod())
              .addMethod(getMakeNotReadyWithReasonMethod())
              .addMethod(getMakeWorkReadyMethod())
              .addMethod(getMakeWorkNotReadyMethod())
              .addMethod(getGetStateMethod())
              .addMethod(getGetAllAgentsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
