//! Questions about the reasons that an agent may give.

use super::field::empty;

empty! {
    /// Asks for the reasons for wrap-up.
    GetWrapUpReasonCodes: GetWrapUpReasonCodesRequest;
    /// Asks for the reasons for sign-out.
    GetLogoutReasonCodes: GetLogoutReasonCodesRequest;
    /// Asks for the reasons for not being ready.
    GetNotReadyReasonCodes: GetNotReadyReasonCodesRequest;
}
