using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;

namespace Watchbill.Server.SignIn;

/// <summary>The cookie that proves, with a field in each form, that what is posted comes from a page of this server. Over https it is sent over https only, by a name that no other host can set.</summary>
internal static class FormCookie
{
    private const string PlainName = "watchbill_form";

    public static void AddForms(this IServiceCollection services)
    {
        services.AddAntiforgery(static forms =>
        {
            forms.Cookie.HttpOnly = true;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.Cookie.Path = "/";
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddOptions<AntiforgeryOptions>().Configure<PublicAddress>(static (forms, address) => forms.Cookie.Name = address.IsHttps ? $"__Host-{PlainName}" : PlainName);
    }
}
